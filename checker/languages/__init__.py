"""The languages in fences besides Python: text -> faults, each through that language's own parser."""
