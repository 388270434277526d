"""What runs in the lesson's interpreter: standard library only, as all that it imports of the checker.

One zygote forks a sandbox for each lesson; process 1 in there forks an interpreter for each session.
"""
