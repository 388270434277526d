"""Isolation for lessons that strangers wrote: one module a tier, and what they share.

A lesson's interpreter imports `tiers` and what that imports: standard library only.
"""
