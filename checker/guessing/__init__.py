"""What a course says of itself without being asked: a configuration and a schema guessed from its lessons."""
