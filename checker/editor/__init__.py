"""The language server: what the checker knows of the lessons that an editor holds open."""
