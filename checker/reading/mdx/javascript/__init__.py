"""Enough JavaScript to tell where an expression or an import ends, and what is neither."""
