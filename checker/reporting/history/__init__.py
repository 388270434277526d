"""The history of earlier runs, in a file."""
