"""What of the lab's services this machine can give, found and prepared outside the sandbox."""
