"""The lab's services as they run inside a lesson's sandbox, each in a process of its own.

They start before the first cell, in the lesson's interpreter, and use the standard library only.
"""
