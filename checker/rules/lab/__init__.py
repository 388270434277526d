"""Rules about the lab: its services, its ports, its packages, as the course's own files describe them."""
