# A service's module around the function that is shown: its imports, its database, its producer.
import json
from datetime import datetime

import psycopg2


class db:
    @staticmethod
    def get_connection():
        return psycopg2.connect(
            host="postgres", port=5432, dbname="inventory", user="postgres", password="postgres"
        )

    @classmethod
    def execute(cls, statement, *parameters):
        cls._open = cls.get_connection()
        cls._open.cursor().execute(statement, *parameters)

    @classmethod
    def commit(cls):
        cls._open.commit()


class kafka_producer:
    @staticmethod
    def send(topic, value):
        print(topic, json.dumps(value), datetime.now())
