"""Shell code: bash's own grammar decides, and tree-sitter's tree gives the positions."""
