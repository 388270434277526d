"""Rules about the structure of lessons, as far as the configuration asks for it."""
