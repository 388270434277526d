-- Tables that students of the course create while they go along.

CREATE TABLE debezium_signal (id varchar(100) PRIMARY KEY, type varchar(50) NOT NULL, data text NOT NULL);

CREATE TABLE orders_large (
    id serial PRIMARY KEY,
    customer_id integer NOT NULL,
    order_date date NOT NULL,
    total_amount numeric(10, 2) NOT NULL,
    status varchar(20) DEFAULT 'pending',
    notes text,
    created_at timestamp DEFAULT CURRENT_TIMESTAMP
);
