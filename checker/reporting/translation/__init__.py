"""What people read, in their language: `translator("ru").say(message)`.

Messages are made in English, where they are found, and kept in English wherever programs read them (results,
fingerprints, caches). A report for people translates them last, by a catalogue of templates.
"""
