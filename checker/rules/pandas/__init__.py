"""Rules about pandas 3: each is shown syntax nodes and what is known about their parts."""
