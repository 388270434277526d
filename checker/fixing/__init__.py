"""Findings -> mended lessons: fixes chosen, tried on the text, proved by running, and written."""
