"""The lab's services in a lesson's sandbox: each in a process of its own, started before the first cell.

All of it runs in the lesson's interpreter, so it is standard library only.
"""
