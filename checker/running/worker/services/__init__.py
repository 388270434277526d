"""The lab's services as they run inside a lesson's sandbox, each in a process of its own.

Started before the first cell, in the lesson's interpreter. Standard library only, as all of the worker.
"""
