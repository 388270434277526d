"""Tables of calls that use a service or download data, by their exported names."""

from collections.abc import Iterator

from msgspec import Struct


class Client(Struct, frozen=True):
    """The service that a call uses: its name in `needs`, and its name in a sentence."""

    name: str
    label: str


def _all(client: Client, module: str, names: str) -> dict[str, Client]:
    return {f"{module}.{name}": client for name in names.split()}


_KAFKA = Client("kafka", "Kafka")
_POSTGRESQL = Client("postgresql", "PostgreSQL")
_MYSQL = Client("mysql", "MySQL")
_REDIS = Client("redis", "Redis")
_MONGODB = Client("mongodb", "MongoDB")
_ELASTICSEARCH = Client("elasticsearch", "Elasticsearch")
_DATABASE = Client("database", "a database")
_RABBITMQ = Client("rabbitmq", "RabbitMQ")
_DATABRICKS = Client("databricks", "Databricks")
_AWS = Client("aws", "AWS")
_MAIL = Client("mail", "a mail server")
_GOOGLE_CLOUD = Client("google-cloud", "Google Cloud")
_HUGGING_FACE = Client("huggingface", "the Hugging Face Hub")

# A call uses a service when its dotted name, or a prefix of it up to a dot, is in this table.
CLIENTS: dict[str, Client] = {
    **_all(_KAFKA, "confluent_kafka", "Consumer Producer DeserializingConsumer SerializingProducer"),
    **_all(_KAFKA, "confluent_kafka.aio", "AIOConsumer AIOProducer"),
    **_all(_KAFKA, "confluent_kafka.avro", "AvroConsumer AvroProducer"),
    "confluent_kafka.admin.AdminClient": _KAFKA,
    "confluent_kafka.schema_registry.SchemaRegistryClient": Client("schema-registry", "a schema registry"),
    **_all(_KAFKA, "kafka", "KafkaConsumer KafkaProducer KafkaAdminClient KafkaClient"),
    **_all(_KAFKA, "aiokafka", "AIOKafkaConsumer AIOKafkaProducer admin.AIOKafkaAdminClient"),
    "faust.App": _KAFKA,
    **_all(_POSTGRESQL, "asyncpg", "connect create_pool"),
    **_all(_POSTGRESQL, "pg8000", "connect dbapi.connect native.Connection"),
    **_all(_POSTGRESQL, "psycopg", "connect Connection AsyncConnection"),
    **_all(_POSTGRESQL, "psycopg2", "connect pool"),
    "psycopg_pool": _POSTGRESQL,
    **_all(_MYSQL, "aiomysql", "connect create_pool"),
    "MySQLdb.connect": _MYSQL,
    "mysql.connector.connect": _MYSQL,
    "pymysql.connect": _MYSQL,
    **_all(_REDIS, "redis", "Redis StrictRedis ConnectionPool from_url asyncio cluster"),
    "pymongo.MongoClient": _MONGODB,
    "motor": _MONGODB,
    "elasticsearch": _ELASTICSEARCH,
    "opensearchpy": _ELASTICSEARCH,
    "cassandra.cluster.Cluster": _DATABASE,
    "clickhouse_connect.get_client": _DATABASE,
    "clickhouse_driver.Client": _DATABASE,
    "cx_Oracle.connect": _DATABASE,
    "influxdb_client.InfluxDBClient": _DATABASE,
    "neo4j.GraphDatabase": _DATABASE,
    "oracledb.connect": _DATABASE,
    "pymssql.connect": _DATABASE,
    "pyodbc.connect": _DATABASE,
    "snowflake.connector.connect": _DATABASE,
    "sqlalchemy.create_engine": _DATABASE,
    "sqlalchemy.ext.asyncio.create_async_engine": _DATABASE,
    "trino.dbapi.connect": _DATABASE,
    "pika.BlockingConnection": _RABBITMQ,
    **_all(_RABBITMQ, "aio_pika", "connect connect_robust"),
    "nats.connect": Client("nats", "NATS"),
    "boto3": _AWS,
    "aioboto3": _AWS,
    "google.cloud": _GOOGLE_CLOUD,
    "googleapiclient.discovery.build": _GOOGLE_CLOUD,
    "pandas_gbq": _GOOGLE_CLOUD,
    "apache_beam.io.gcp": _GOOGLE_CLOUD,
    **_all(_GOOGLE_CLOUD, "apache_beam.io", "ReadFromPubSub WriteToPubSub ReadFromBigQuery WriteToBigQuery"),
    **_all(_GOOGLE_CLOUD, "vertexai", "init"),
    **_all(_DATABRICKS, "databricks", "sql.connect sdk.WorkspaceClient connect"),
    "snowflake.snowpark.Session.builder": _DATABASE,
    "azure": Client("azure", "Azure"),
    **_all(Client("docker", "Docker"), "docker", "from_env DockerClient APIClient"),
    "kubernetes.config": Client("kubernetes", "Kubernetes"),
    "paramiko.SSHClient": Client("ssh", "an SSH server"),
    **_all(_MAIL, "smtplib", "SMTP SMTP_SSL"),
    **_all(_MAIL, "imaplib", "IMAP4 IMAP4_SSL"),
    "ftplib.FTP": Client("ftp", "an FTP server"),
    "openai": Client("openai", "the OpenAI API"),
    "anthropic": Client("anthropic", "the Anthropic API"),
    **_all(_HUGGING_FACE, "huggingface_hub", "login notebook_login InferenceClient HfApi"),
}

# Calls that use the address in their argument.
HTTP_SESSIONS = ("aiohttp.ClientSession().", "httpx.", "requests.", "urllib3.")
HTTP_METHODS = {"get", "post", "put", "patch", "delete", "head", "options", "request", "stream"}
HTTP_CALLS = {
    "asyncio.open_connection", "grpc.insecure_channel", "grpc.secure_channel", "http.client.HTTPConnection",
    "http.client.HTTPSConnection", "socket.create_connection", "socket.socket().connect",
    "urllib.request.urlopen", "websockets.connect",
}  # fmt: skip

# Calls that start a server on the lesson's own loopback.
SERVERS = {
    "asyncio.start_server", "http.server.HTTPServer", "http.server.ThreadingHTTPServer",
    "socket.create_server", "socket.socket().bind", "socket.socket().listen", "socketserver.TCPServer",
    "socketserver.ThreadingTCPServer", "uvicorn.run", "wsgiref.simple_server.make_server",
    "xmlrpc.server.SimpleXMLRPCServer",
}  # fmt: skip

# Calls that download a data set or a model.
DOWNLOADS = {
    "datasets.load_dataset", "gdown.download", "huggingface_hub.hf_hub_download",
    "huggingface_hub.snapshot_download", "kagglehub", "keras.datasets", "nltk.download", "pandas_datareader",
    "seaborn.load_dataset", "spacy.load", "statsmodels.api.datasets.get_rdataset",
    "tensorflow.keras.datasets", "tensorflow_datasets.load", "torch.hub", "torchvision.datasets",
    "transformers.pipeline", "urllib.request.urlretrieve", "wget.download", "yfinance",
}  # fmt: skip
FETCHES = ("sklearn.datasets.fetch_", "vega_datasets.data.")
FETCHING_METHOD = "from_pretrained"


# Their modules: most calls belong to none of these.
_MODULES = frozenset(each.partition(".")[0] for each in (*CLIENTS, *DOWNLOADS))


def client_of(dotted: str) -> Client | None:
    """The service that a call of this dotted name creates a client of."""
    if "()" in dotted:  # a method of a client, which was found when it was created
        return None
    return next((CLIENTS[each] for each in _beginnings(dotted) if each in CLIENTS), None)


def downloads(dotted: str) -> bool:
    """Whether a call of this dotted name downloads data."""
    if dotted.startswith(FETCHES) or dotted.endswith(f".{FETCHING_METHOD}"):
        return True
    return any(each in DOWNLOADS for each in _beginnings(dotted))


def _beginnings(dotted: str) -> Iterator[str]:
    """`a.b.c`, `a.b`, `a`, where `a` is among the modules here."""
    if dotted.partition(".")[0] not in _MODULES:
        return
    while dotted:
        yield dotted
        dotted = dotted.rpartition(".")[0]
