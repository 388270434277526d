"""Compares what a lesson shows with what was printed, as readers do: text in, answers out."""
