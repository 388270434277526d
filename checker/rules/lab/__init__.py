"""Rules about the lab: services, ports and packages, as the course's own files describe them."""
