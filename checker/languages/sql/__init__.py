"""SQL: PostgreSQL by its own grammar; other dialects are recognised first, and only then may be judged."""
