# Databases that a service has at hand.
import sqlite3

db = sqlite3.connect(":memory:")
db.execute("CREATE TABLE orders (id integer PRIMARY KEY, customer_id integer, total real)")


class redis:
    sets = {}

    @classmethod
    def sismember(cls, key, member):
        return member in cls.sets.get(key, ())

    @classmethod
    def sadd(cls, key, member):
        cls.sets.setdefault(key, set()).add(member)

    @classmethod
    def expire(cls, key, seconds):
        return key in cls.sets
