"""Applies fixes to lessons: chosen, tried on the text, proved by running, and written."""
