"""Kafka inside a lesson's sandbox: the mock cluster that librdkafka carries, in a process of its own.

`broker` is that process, with `mock` the cluster's C functions and `relay` the ports that lessons call.
`clients` is the session's end: what the lesson's `confluent_kafka` does besides, so that its loops end.
"""
