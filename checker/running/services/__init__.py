"""Finds and prepares, outside of the sandbox, the services that this machine can provide for the lab."""
