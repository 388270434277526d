"""What earlier runs found and ran, in a file."""
