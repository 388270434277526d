"""Spark in a lesson's sandbox: in local mode, in a Java of the session's own."""
