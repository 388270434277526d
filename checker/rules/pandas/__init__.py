"""What breaks in pandas 3: rules that are shown a syntax node and what is known of its parts."""
