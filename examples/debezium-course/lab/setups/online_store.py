# The surroundings of a sink's function: a store, a row's features, what counts and what tells of failures.
import logging


class redis_client:
    rows = {}

    @classmethod
    def hset(cls, key, mapping):
        cls.rows[key] = dict(mapping)


class write_errors_counter:
    count = 0

    @classmethod
    def inc(cls):
        cls.count += 1


logger = logging.getLogger("features")
feature_key, feature_data = "customer:1:features", {"order_count_30d": 3}
