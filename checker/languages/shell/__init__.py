"""Shell code: bash's own grammar decides, the tree of tree-sitter says where things stand."""
