"""Which names of a lesson hold pandas objects: an abstract interpretation of a session's cells, in order."""
