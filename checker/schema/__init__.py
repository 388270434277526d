"""Validates against JSON Schemas in a separate process.

Schemas come with the course, perhaps from a stranger.
"""
