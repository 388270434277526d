-- The tea shop's database, as students find it.

CREATE TABLE orders (
    id     serial PRIMARY KEY,
    tea    varchar(40) NOT NULL,
    cups   integer NOT NULL CHECK (cups > 0),
    price  numeric(8, 2) NOT NULL,
    paid   boolean NOT NULL DEFAULT false
);

INSERT INTO orders (tea, cups, price, paid) VALUES
    ('sencha', 2, 6.40, true),
    ('assam', 1, 2.90, false),
    ('rooibos', 3, 8.10, true);
