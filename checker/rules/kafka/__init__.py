"""Rules about Kafka clients, error codes and connectors, based on tables with sources."""
