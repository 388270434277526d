"""PostgreSQL in a lesson's sandbox: the server, what is in it, and a client."""
