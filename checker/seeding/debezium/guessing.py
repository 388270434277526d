"""Guesses the columns of an undescribed table from its name."""

# In the form of a CREATE TABLE; parsed by sql_types.
_COLUMNS = {
    "customers": {
        "id": "serial primary key",
        "first_name": "varchar(100) not null",
        "last_name": "varchar(100) not null",
        "email": "varchar(255) not null",
        "created_at": "timestamp",
    },
    "products": {
        "id": "serial primary key",
        "title": "varchar(255) not null",
        "price": "numeric(10,2) not null",
        "quantity": "integer",
        "updated_at": "timestamp",
    },
    "orders": {
        "id": "serial primary key",
        "customer_id": "integer not null",
        "status": "varchar(20) not null",
        "amount": "numeric(10,2)",
        "order_date": "date",
        "updated_at": "timestamp",
    },
}
_ANY = {
    "id": "serial primary key",
    "name": "text not null",
    "status": "varchar(20)",
    "amount": "numeric(10,2)",
    "updated_at": "timestamp",
}
_SAME_AS = {"users": "customers", "clients": "customers", "items": "products", "purchases": "orders"}


def guess_columns(table: str) -> dict[str, str]:
    """The SQL types of the columns that a table of this name may have."""
    name = table.lower()
    return _COLUMNS.get(_SAME_AS.get(name, name), _ANY)
