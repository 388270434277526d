"""The health of a course's snippets: the numbers, and the page that shows them."""
