"""Rules about running: `check` gets a block with its outcome."""
