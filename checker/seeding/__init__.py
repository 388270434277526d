"""Builds the lab of a course from its configuration: topics with messages, SQL to load."""
