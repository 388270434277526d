"""Change events as Debezium's connectors send them, generated from a table; the same in every run."""
