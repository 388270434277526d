"""Checks courses that teach with code: reads lessons as the site does, runs them as a reader would."""

__version__ = "0.1.0"
