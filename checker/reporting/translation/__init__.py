"""Translates what people read: `translator("ru").say(message)`.

Messages are created in English, and stay English wherever programs read them (results, fingerprints, caches).
A report for people translates them last, by a catalogue of templates.
"""
