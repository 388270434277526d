# The row at which a snapshot has come.
current_row = 250_000
