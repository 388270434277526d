"""What a lesson says is printed, held against what was, as readers do: text in, answers out."""
