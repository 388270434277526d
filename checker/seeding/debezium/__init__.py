"""Change events as Debezium's connectors send them: made from a table, the same every time."""
