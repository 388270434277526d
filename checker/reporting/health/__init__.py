"""How healthy the snippets of a course are: the numbers, and the page that shows them."""
