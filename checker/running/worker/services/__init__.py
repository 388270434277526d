"""The lab's services as they run inside a lesson's sandbox. Standard library only, as all of the worker."""
