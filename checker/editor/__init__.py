"""The language server, for the lessons that are open in an editor."""
