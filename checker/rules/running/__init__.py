"""What running a block showed: `check` gets a block together with what happened to it."""
