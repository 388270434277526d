"""JSON Schema, judged in a process of its own: schemas come with the course, perhaps from a stranger."""
