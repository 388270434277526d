# The database and the producer of a service that writes to both.
import sqlite3


class kafka_producer:
    sent = []

    @classmethod
    def send(cls, topic, value):
        cls.sent.append((topic, value))


db = sqlite3.connect(":memory:")
