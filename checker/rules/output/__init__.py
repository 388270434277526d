"""Compares what a lesson says about its code's output and values with what the code did."""
