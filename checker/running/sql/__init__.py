"""SQL blocks that run on the lab's PostgreSQL: which of them, and what an error there means."""
