"""Kafka inside a lesson's sandbox: the mock cluster of librdkafka, in a process of its own.

`broker` is that process, with `mock` the cluster's C functions and `relay` the ports that lessons call.
`clients` is the session's end: it adapts the lesson's `confluent_kafka` so that endless loops end.
"""
