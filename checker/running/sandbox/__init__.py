"""Isolation for lessons of strangers: one module for each tier, and what they share.

A lesson's interpreter imports `tiers` and what that imports: standard library only.
"""
