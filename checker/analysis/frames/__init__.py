"""Infers which names of a lesson hold pandas objects, by abstract interpretation of a session's cells."""
