"""Enough JavaScript to find the end of an expression or an import, and to refuse invalid ones."""
