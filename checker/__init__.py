"""Checks courses that teach with code: reads lessons as the site does, and runs them as a reader would."""

__version__ = "0.1.0"
