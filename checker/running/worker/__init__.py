"""What runs in the lesson's interpreter: it and the modules it imports use the standard library only.

One zygote forks a sandbox for each lesson; process 1 in there forks an interpreter for each session.
"""
