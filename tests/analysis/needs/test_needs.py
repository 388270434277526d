"""What cells need, silent cases first."""

import ast

import pytest

from checker.analysis.needs.lesson import CellNeeds
from checker.analysis.needs.meaning import Meanings
from tests.analysis.lessons import analysis, of_blocks


def needs(*codes: str) -> CellNeeds:
    """The needs of the last block of a lesson."""
    return of_blocks(*codes).needs[len(codes) - 1]


def wanted(*codes: str) -> list[str]:
    return [f"{want.need.kind} {want.need.name}" for want in needs(*codes).wants]


NOTHING = {
    "standard library": ("import os, json.decoder\nfrom concurrent.futures import Future",),
    "fallback import": ("try:\n    import ujson as json\nexcept ImportError:\n    import json",),
    "the other fallback": (
        "try:\n    import tomllib\nexcept ModuleNotFoundError:\n    import tomli as tomllib",
    ),
    "optional import": ("try:\n    import polars\nexcept Exception:\n    polars = None",),
    "only for types": ("from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import polars",),
    "only for types, dotted": ("import typing\nif typing.TYPE_CHECKING:\n    import polars",),
    "never": ("if False:\n    import polars",),
    "function that nobody calls": ("def f():\n    import polars\n    open('a.csv')\n    input()",),
    "method that nobody calls": ("class A:\n    def f(self):\n        import polars\na = A()",),
    "decorated": ("def route(it): return it\n@route\ndef f():\n    import polars",),
    "client's exception": ("import os\nfrom os import path\nKafkaError = Exception",),
    "sqlite": ("import sqlite3\nsqlite3.connect('a.db')\nsqlite3.connect(':memory:')",),
    "variable with a default": ("import os\nos.environ.get('A', '')\nos.getenv('A', default='b')",),
    "variable or something": ("import os\nx = os.environ.get('A') or 'b'",),
    "variable set before": ("import os\nos.environ['A'] = 'b'", "import os\nprint(os.environ['A'])"),
    "variable set by default": ("import os\nos.environ.setdefault('A', 'b')\nos.environ['A']",),
    "variable asked for": ("import os\nif 'A' in os.environ:\n    os.environ['A']",),
    "variable handled": ("import os\ntry:\n    os.environ['A']\nexcept KeyError:\n    pass",),
    "variable always there": ("import os\nos.environ['HOME']",),
    "variable of unknown name": ("import os\nfor name in 'ab':\n    os.environ[name]\n    os.getenv(name)",),
    "item of something else": ("d = {}\nd['A'] = 1\nd['A']\n'A' in d",),
    "own server": (
        "import socket as s\na = s.socket()\na.bind(('', 0))\ns.create_connection(('127.0.0.1', 1))",
        "import socket as s\na = s.socket()\na.bind(('', 0))\ns.create_connection(a.getsockname())",
        "import socket\ns = socket.socket(socket.AF_UNIX)\ns.connect(path)",
        "import socket\ns = socket.socket()\ns.connect(('127.0.0.1', port))",
    ),
    "own web server": (
        "from http.server import HTTPServer\nserver = HTTPServer(('', 8000), None)",
        "from urllib.request import urlopen\nurlopen('http://127.0.0.1:8000/')",
    ),
    "get of a dict": ("d = {}\nd.get('https://example.com')",),
    "written before": ("open('a.csv', 'w').write('a')", "open('a.csv').read()"),
    "written by a path": (
        "from pathlib import Path\np = Path('a') / 'b.txt'\np.write_text('')\np.read_text()\nopen(p)",
    ),
    "written in a folder": ("import os\nos.makedirs('out')\nopen('out/a.txt')",),
    "copied": ("open('a', mode='w')\nimport shutil\nshutil.copy('a', 'b')\nopen('b')",),
    "appended": ("open('log.txt', 'a')\nopen('./log.txt')",),
    "path opened to write": ("from pathlib import Path\nPath('a').open('w')\nPath('a').open()",),
    "file of unknown name": ("import sys\nopen(sys.argv[-1])\nname = input\nopen(name)",),
    "frame as a text": ("import io\nio.StringIO().to_csv(index=False)",),
    "some file is written": ("for name in 'ab':\n    open(name, 'w')\nopen('a')",),
    "asked for": ("import os\nif os.path.exists('a'):\n    open('a')",),
    "path asked for": ("from pathlib import Path\nif Path('a').is_file():\n    Path('a').read_bytes()",),
    "missing file handled": ("try:\n    open('a')\nexcept FileNotFoundError:\n    pass",),
    "every error handled": ("try:\n    open('a')\nexcept:\n    pass",),
    "own folder": ("import os\nos.listdir('.')\nos.scandir('/')",),
    "content instead of a file": ("import io\npd.read_json('[1]')\npd.read_csv('a,b\\n1,2')\nopen('')",),
    "own module": ("open('tools.py', 'w').write('x = 1')", "import tools"),
    "device": ("open('/dev/null')",),
    "text in memory": ("import io\nio.StringIO('a,b').read()",),
    "own open": ("def open(x): return x\nopen('a')",),
    "own input": ("def input(x=''): return x\ninput()",),
    "end of input handled": ("try:\n    input()\nexcept EOFError:\n    pass",),
    "Python itself": (
        "import subprocess, sys\nsubprocess.run([sys.executable, '-c', ''])\nsubprocess.run(['python3'])",
    ),
    "idle notebook lines": ("%matplotlib inline\n%config A.b = 1\n%load_ext autoreload\n%autoreload 2",),
    "real credentials": ("key = 'a1b2'\npassword = ''",),
}


@pytest.mark.parametrize("codes", NOTHING.values(), ids=NOTHING.keys())
def test_nothing_is_needed(codes: tuple[str, ...]) -> None:
    assert wanted(*codes) == []


PACKAGES = {
    "import": (("import polars as pl",), ["package polars"]),
    "submodule": (
        ("import sklearn.linear_model\nfrom pyspark.sql import functions as F",),
        ["package sklearn", "package pyspark"],
    ),
    "each once": (("import polars\nimport polars.series",), ["package polars"]),
    "namespace": (
        ("from google.cloud import pubsub_v1\nimport google.cloud.logging",),
        ["package google.cloud.pubsub_v1", "package google.cloud.logging"],
    ),
    "namespace's package": (
        ("from azure.identity import Credential\nfrom google import genai\nimport opentelemetry.sdk.trace",),
        ["package azure.identity", "package google.genai", "package opentelemetry.sdk"],
    ),
    "part of a package": (("from .models import User\nfrom . import db",), ["package .models", "package ."]),
    "called function": (("def f():\n    import polars", "f()"), ["package polars"]),
    "function handed on": (("def f():\n    import polars\nlist(map(f, []))",), ["package polars"]),
    "function in a function": (("def f():\n    g()\ndef g():\n    import polars\nf()",), ["package polars"]),
    "lambda": (("f = lambda: __import__\nimport polars",), ["package polars"]),
    "method": (("class A:\n    def f(self):\n        import polars\nA().f()",), ["package polars"]),
    "method handed on": (
        ("class A:\n    def f(self):\n        import polars\na = A()\nprint(a.f)",),
        ["package polars"],
    ),
    "constructor": (("class A:\n    def __init__(self):\n        import polars\nA()",), ["package polars"]),
    "recursion": (("def f():\n    import polars\n    f()\nf()",), ["package polars"]),
    "else of never": (("if False:\n    pass\nelse:\n    import polars",), ["package polars"]),
    "other handler": (
        ("try:\n    import polars\nexcept (ValueError, os.error):\n    pass",),
        ["package polars"],
    ),
    "import in else": (
        ("try:\n    1\nexcept ValueError:\n    pass\nelse:\n    import polars",),
        ["package polars"],
    ),
    "program": (("import subprocess\nsubprocess.run(['/usr/bin/docker', 'ps'])",), ["package docker"]),
    "shell": (("import os\nos.system('kcat -L')",), ["package kcat"]),
    "install": (("!pip install -q scikit-learn 'polars[all]>=1'",), ["package sklearn", "package polars"]),
    "notebook command": (("!ls\nx = %sql select 1",), ["package notebook"]),
    "notebook command in prose that does not parse": (("!ls\nx = (",), ["package notebook"]),
}


@pytest.mark.parametrize(("codes", "expected"), PACKAGES.values(), ids=PACKAGES.keys())
def test_packages(codes: tuple[str, ...], expected: list[str]) -> None:
    assert list(dict.fromkeys(wanted(*codes))) == expected


SERVICES = {
    "kafka": (
        "from confluent_kafka import Consumer\nc = Consumer({'bootstrap.servers': 'kafka:9092'})\nc.poll(1)",
        "Kafka at kafka:9092",
    ),
    "kafka by a name": (
        "import confluent_kafka as ck\nAT = 'b:1'\nconfig = {'bootstrap.servers': AT}\nck.Producer(config)",
        "Kafka at b:1",
    ),
    "kafka at an unknown place": (
        "from confluent_kafka.admin import AdminClient\nAdminClient(config)",
        "Kafka",
    ),
    "kafka-python": (
        "from kafka import KafkaConsumer\nKafkaConsumer('t', bootstrap_servers='k:9092')",
        "Kafka at k:9092",
    ),
    "schema registry": (
        "from confluent_kafka.schema_registry import SchemaRegistryClient as S\nS({'url': 'http://sr:8081'})",
        "a schema registry at sr:8081",
    ),
    "kafka without an address": (
        "from confluent_kafka import Consumer\nConsumer({'group.id': 'a'})",
        "Kafka",
    ),
    "postgresql, awaited": (
        "import asyncpg\nc = await asyncpg.connect(host='db')\nc.fetch('a')",
        "PostgreSQL at db",
    ),
    "redis without an address": ("import redis\nredis.Redis(db=1)", "Redis"),
    "postgresql": (
        "import psycopg2\npsycopg2.connect(host='db', port=5433, password='a')",
        "PostgreSQL at db:5433",
    ),
    "postgresql by text": (
        "import psycopg\npsycopg.connect('host=db.local dbname=shop')",
        "PostgreSQL at db.local",
    ),
    "database by url": (
        "from sqlalchemy import create_engine\ncreate_engine('postgresql+psycopg2://me:word@db:5432/shop')",
        "PostgreSQL at db:5432",
    ),
    "database of unknown url": ("import sqlalchemy as sa\nsa.create_engine(url)", "a database"),
    "redis": ("import redis\nr = redis.Redis(host='cache', port=6379)\nr.get('a')", "Redis at cache:6379"),
    "aws": ("import boto3\nboto3.client('s3')", "AWS"),
    "google cloud": (
        "from google.cloud import pubsub_v1\np = pubsub_v1.SubscriberClient()\np.subscription_path('P', 'S')",
        "Google Cloud",
    ),
    "google's client for discovery": (
        "from googleapiclient.discovery import build\nbuild('drive', 'v3')",
        "Google Cloud",
    ),
    "databricks": ("from databricks import sql\nsql.connect(server_hostname='a.b')", "Databricks"),
    "beam's own source": (
        "from apache_beam.io.gcp.pubsub import ReadFromPubSub\nReadFromPubSub(topic='projects/a/topics/b')",
        "Google Cloud",
    ),
    "beam's source by its short name": (
        "import apache_beam as beam\nbeam.io.ReadFromBigQuery(table='a')",
        "Google Cloud",
    ),
    "http": ("import requests\nrequests.get('https://api.example.com/v1?a=b')", "the host api.example.com"),
    "http by keyword": (
        "import requests\nrequests.post(json={}, url='http://localhost:8083/connectors')",
        "the host localhost:8083",
    ),
    "http by a name": (
        "import httpx\nBASE = 'http://connect:8083'\nhttpx.get(f'{BASE}/connectors')\n",
        "the host connect:8083",
    ),
    "http by a sum": ("import requests\nrequests.get('http://a.b/' + path)", "the host a.b"),
    "http by an f-string": ("import requests\nrequests.get(f'https://a.b/{x}')", "the host a.b"),
    "http session": (
        "import requests\nwith requests.Session() as s:\n    s.get('http://a.b')",
        "the host a.b",
    ),
    "async http": (
        "import aiohttp\nasync with aiohttp.ClientSession() as s:\n    await s.get('http://a.b')",
        "the host a.b",
    ),
    "http to an unknown place": ("import requests\nrequests.get(url)", "the network"),
    "urlopen": ("import urllib.request\nurllib.request.urlopen('http://a.b/c')", "the host a.b"),
    "socket": ("import socket\nsocket.create_connection(('db', 5432))", "the host db:5432"),
    "port that is none": (f"import redis\nredis.Redis(host='cache', port=0x{'f' * 5000})", "Redis at cache"),
    "socket's connect": (
        "import socket\ns = socket.socket()\ns.connect(('10.0.0.1', 80))",
        "the host 10.0.0.1:80",
    ),
    "plain host": ("import http.client\nhttp.client.HTTPSConnection('a.b')", "the host a.b"),
    "variable": ("import os\nos.environ['API_TOKEN']", "the environment variable `API_TOKEN`"),
    "variable without default": ("import os\nos.getenv('API_TOKEN')", "the environment variable `API_TOKEN`"),
    "placeholder": ("import openapi\nopenapi.Api(api_key='YOUR_API_KEY')", "a real value for `api_key`"),
    "placeholder in a name": ("TOKEN = '<your token>'", "a real value for `TOKEN`"),
}


@pytest.mark.parametrize(("code", "words"), SERVICES.values(), ids=SERVICES.keys())
def test_services(code: str, words: str) -> None:
    found = [want.words for want in needs(code).wants if want.need.kind == "service"]
    assert found == [words]


@pytest.mark.parametrize(
    "config",
    [
        "{'bootstrap.servers': 'x', 'test.mock.num.brokers': 1}",
        "{'test.mock.num.brokers': 1, 'bootstrap.servers': 'x'}",
    ],
)
def test_a_mock_cluster_needs_no_broker(config: str) -> None:
    code = f"from confluent_kafka import Producer\nProducer({config})"
    assert wanted(code) == ["package confluent_kafka"]


@pytest.mark.parametrize("url", ["mock://a", "sqlite:///a.db", "sqlite://"])
def test_an_address_that_is_no_server(url: str) -> None:
    assert wanted(f"import sqlalchemy\nsqlalchemy.create_engine('{url}')") == ["package sqlalchemy"]


DATA = {
    "csv": ("import pandas as pd\ndf = pd.read_csv('orders.csv')\ndf.read_orders('x')", "orders.csv"),
    "forgotten import": ("pd.read_csv('orders.csv').groupby('customer')", "orders.csv"),
    "keyword": ("import pandas as pd\npd.read_parquet(path='data/o.parquet')", "data/o.parquet"),
    "constant": ("PATH = './in.json'\nwith open(PATH, encoding='utf-8') as f:\n    pass", "in.json"),
    "path": (
        "from pathlib import Path\nPath('data').joinpath\n(Path('data') / 'a.txt').read_text()",
        "data/a.txt",
    ),
    "joined": ("import os\nopen(os.path.join('a', 'b'))", "a/b"),
    "annotated": ("name: str = 'a.txt'\nopen(name)", "a.txt"),
    "other error handled": ("try:\n    open('a')\nexcept ValueError:\n    pass", "a"),
    "written later": ("open('a')\nopen('a', 'w')", "a"),
    "array": ("import numpy as np\nnp.load('a.npy')", "a.npy"),
    "url": ("import pandas as pd\npd.read_csv('https://a.b/c.csv')", "https://a.b/c.csv"),
    "bucket": ("import pandas as pd\npd.read_parquet('s3://a/b')", "s3://a/b"),
    "dataset": (
        "from sklearn.datasets import fetch_openml\nfetch_openml('a')",
        "sklearn.datasets.fetch_openml",
    ),
    "sample": ("import seaborn as sns\nsns.load_dataset('tips')", "seaborn.load_dataset"),
    "model": (
        "from transformers import AutoModel\nAutoModel.from_pretrained('a')",
        "transformers.AutoModel.from_pretrained",
    ),
}


@pytest.mark.parametrize(("code", "name"), DATA.values(), ids=DATA.keys())
def test_data(code: str, name: str) -> None:
    assert [want.need.name for want in needs(code).wants if want.need.kind == "data"] == [name]


def test_a_file_of_an_earlier_block_ties_the_blocks() -> None:
    found = needs("import pandas as pd\ndf = pd.DataFrame()\ndf.to_csv('a.csv')", "open('a.csv')")
    assert found.reads == {"a.csv": 0}
    assert found.wants == []


def test_sessions_share_their_files() -> None:
    text = "```python check:session=a\nopen('x', 'w')\n```\n\n```python check:session=b\nopen('x')\n```\n"
    assert analysis(text).needs[1].reads == {"x": 0}


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("name = input('Name? ')", "input"),
        ("import getpass\ngetpass.getpass()", "getpass.getpass"),
        ("breakpoint()", "breakpoint"),
        ("import tkinter\nroot = tkinter.Tk()\nroot.mainloop()", "mainloop"),
        ("def ask():\n    return input()\nask()", "input"),
        ("import os\nos.kill(os.getpid(), 9)", "os.kill"),
        ("import os, signal\nos.kill(pid=os.getpid(), signal=signal.SIGTERM)", "os.kill"),
    ],
)
def test_input(code: str, name: str) -> None:
    assert [each.need.name for each in needs(code).wants if each.need.kind == "input"] == [name]


ENDS = [
    "while True:\n    break",
    "while True:\n    if 1:\n        break",
    "while True:\n    try:\n        1\n    except ValueError:\n        break",
    "while True:\n    match 1:\n        case 1:\n            break",
    "while True:\n    for x in []:\n        pass\n    else:\n        break",
    "def f():\n    while True:\n        return 1\nf()",
    "def f():\n    while True:\n        yield 1\nf()",
    "import sys\nwhile True:\n    sys.exit()",
    "while True:\n    raise SystemExit",
    "while True:\n    raise StopIteration(1)",
    "n = 0\nwhile n < 3:\n    n += 1",
    "while False:\n    pass",
    "import itertools\nfor n in itertools.count():\n    break",
    "for n in range(3):\n    pass",
    "def f():\n    while True:\n        pass",
    "import threading\ndef f():\n    while True:\n        pass\nthreading.Thread(target=f).start()",
    "query.awaitTermination(10)",
    "import threading\nthreading.Event().wait(1)",
    "import asyncio\nasyncio.run(main())",
    "import subprocess\nsubprocess.run([])",
]


@pytest.mark.parametrize(
    "code",
    [
        "import os, signal\nos.kill(os.getpid(), signal.SIGINT)",
        "import os\nos.kill(os.getpid(), 0)",
        "import os\nos.kill(os.getppid(), 9)",
        "import os\nos.kill(1234, 9)",
        "import os\ndef stop():\n    os.kill(os.getpid(), 9)",
    ],
)
def test_who_kills_another_process_or_none_waits_for_nobody(code: str) -> None:
    assert not needs(code).wants


@pytest.mark.parametrize("code", ENDS)
def test_what_ends(code: str) -> None:
    assert needs(code).endless == ""


ENDLESS = {
    "while True:\n    pass": "its `while` loop has no way out",
    "while 1:\n    for x in []:\n        break": "its `while` loop has no way out",
    "while True:\n    def f(): return 1\n    class A: pass": "its `while` loop has no way out",
    "while True:\n    if error():\n        raise ValueError": "its `while` loop has no way out",
    "def f():\n    while True:\n        poll()\nf()": "its `while` loop has no way out",
    "class A:\n    def go(self):\n        while True: pass\nA().go()": "its `while` loop has no way out",
    "from itertools import count\nfor n in count(1):\n    print(n)": "its `for` loop never ends",
    "server.serve_forever()": "`serve_forever()` does not return",
    "query.awaitTermination()": "`awaitTermination()` does not return",
    "from flask import Flask\napp = Flask(__name__)\napp.run(port=1)": "`run()` does not return",
    "import signal\nsignal.pause()": "`pause()` does not return",
}


@pytest.mark.parametrize(("code", "how"), ENDLESS.items())
def test_endless(code: str, how: str) -> None:
    assert needs(code).endless == how


@pytest.mark.parametrize(
    ("code", "is_script"),
    [
        ("__file__", True),
        ("def f(): __file__", False),
        ("try:\n    __file__\nexcept NameError:\n    1", False),
        ("here = __file__ if '__file__' in globals() else '.'", False),
    ],
)
def test_a_script_asks_for_its_file(code: str, is_script: bool) -> None:
    assert bool(needs(code).script) is is_script


def test_what_a_name_stood_for_is_forgotten() -> None:
    assert wanted("import psycopg2 as db\ndb = print\ndb.connect('a://b')") == ["package psycopg2"]
    assert wanted("PATH = 'a'\ndef PATH(): pass\nopen(PATH)") == []


def test_a_text_that_grows_is_given_up() -> None:
    doubled = "x = 'aaaaaaaa'\n" + "x = x + x\n" * 60 + "open(x)"
    assert wanted(doubled) == []


@pytest.mark.parametrize(("calls", "dotted"), [(2, "redis.a().a()"), (100, "")])
def test_a_chain_that_grows_is_given_up(calls: int, dotted: str) -> None:
    chain = ast.parse("redis" + ".a()" * calls, mode="eval").body
    assert Meanings().dotted(chain) == dotted


def test_starred_arguments_hide_the_others() -> None:
    assert wanted("open(*['a'], 'r')") == []


def test_a_function_is_entered_in_every_block_that_calls_it() -> None:
    assert wanted("def f():\n    import polars", "f()", "f()") == ["package polars"]


def test_functions_are_not_entered_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("checker.analysis.needs.reach._MOST_ENTERED", 0)
    assert wanted("def f():\n    import polars", "f()") == []


def test_what_hidden_code_needs_the_block_needs() -> None:
    text = "{/* check: setup\nimport polars\n*/}\n```python\nprint(1)\n```\n"
    found = analysis(text)
    assert [want.need.name for want in found.needs[0].wants] == ["polars"]
