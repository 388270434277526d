"""Rules about Kafka: what clients, error codes and connectors are, each from a table with a source."""
