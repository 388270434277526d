# A row that was deleted, as the connector tells it.
event = {
    "schema": None,
    "payload": {
        "before": {"id": 1004, "first_name": "", "last_name": "", "email": "", "created_at": None},
        "after": None,
        "source": {"connector": "postgresql", "db": "inventory", "schema": "public", "table": "customers"},
        "op": "d",
        "ts_ms": 1736150400000,
    },
}
