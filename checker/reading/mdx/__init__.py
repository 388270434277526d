"""The rules by which MDX differs from Markdown, one concern a file, on the block parser of markdown-it."""
