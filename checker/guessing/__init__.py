"""Guesses a configuration and a frontmatter schema from the lessons of a course."""
