"""How the lessons of a course are built, as far as its configuration asks for it."""
