"""What a lesson says that its code prints and comes to, held against what it did."""
