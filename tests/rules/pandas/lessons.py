"""Labelled lessons: Markdown files in which every first-level heading begins a lesson of its own.

A line that must be reported ends in `# error`. The marks are taken off before a lesson is read: an author's
lesson has none, and in a comment "error" would say that the line is wrong on purpose. A lesson whose title
says "(not run)" needs what is not installed.
"""
