"""Names, ports and addresses against the lab's."""

from pathlib import Path

import pytest

from checker.config import Config
from checker.rules.lab.unknown_service import check
from tests.rules.lab.labs import COMPOSE, lab, shown


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return lab(tmp_path, {"compose": COMPOSE})


def bash(code: str) -> str:
    return f"# Title\n\n```bash\n{code}\n```\n"


def python(code: str) -> str:
    return f"# Title\n\n```python\n{code}\n```\n"


@pytest.mark.parametrize(
    "text",
    [
        bash("docker compose up -d\ndocker compose ps\ndocker compose down -v\ndocker ps"),
        bash("docker compose up -d postgres kafka\ndocker-compose logs -f --tail 100 connect | grep x"),
        bash('docker compose exec -T -u root postgres psql -c "SELECT 1"\ndocker compose stop kafka'),
        bash("docker compose exec \\\n  -e A=1 kafka \\\n  kafka-topics --list"),
        bash("docker compose restart -t 5 kafka && docker compose rm -f redis; docker compose start"),
        bash("docker exec -it postgres bash\ndocker logs broker\ndocker stop lab-connect-1"),
        bash("docker exec -it lab_redis_1 sh\ndocker inspect --format x postgres broker"),
        bash("docker logs <container>\ndocker compose logs $SERVICE\ndocker compose exec {name} sh"),
        bash("docker compose -f other.yaml logs web\ndocker compose -p other --ansi never exec web sh"),
        bash("docker compose --profile x logs kafka\ndocker compose --env-file=a logs kafka"),
        bash("# docker logs nobody\ndocker logs a1b2c3d4e5f6\ndocker"),
        bash("docker run --name web -d nginx\ndocker logs web"),
        bash("docker compose exec redis sh"),
        bash("docker compose --profile x\ndocker compose exec connect true && \\\n  true\n"),
        bash("echo \\\n" * 45 + "  localhost:9092"),
        bash("docker stats --no-stream\ndocker compose build --no-cache"),
        bash("docker cp a.txt postgres:/tmp\ndocker network inspect x"),
        bash("kubectl get pods\ndocker logs web\ncurl http://gateway:8080/"),
        "```yaml\nservices:\n  web:\n    image: nginx\n```\n\n" + bash("docker compose logs web"),
        "Use docker compose exec somehow, or `docker compose stop kafka`, `docker ps`.\n",
        "```python\nrun('docker logs nobody')\n```\n",
        # Addresses.
        bash("curl http://localhost:8083/connectors\npsql -h localhost:5433"),
        bash("docker compose exec kafka kafka-topics --bootstrap-server localhost:9092"),
        bash("docker compose exec connect curl -s \\\n  http://localhost:9999/metrics"),
        bash("curl http://connect:8083/ http://workers:8083/ http://kafka-1:9093/"),
        bash("curl http://redis:6379 http://example.com:8080/ http://host:8080 http://10.0.0.1:8080"),
        bash("uvicorn main:app\ncurl http://localhost:8000"),
        bash("python -m http.server 8123\ncurl http://localhost:8123"),
        bash("docker pull registry:5000/a && docker run -p 8055:80 nginx\ncurl localhost:8055"),
        bash("# curl localhost:9999\nls # localhost:9999"),
        python("bootstrap = 'kafka:9092'\nurl = 'http://localhost:8083/'\nrows[a:9092]\nx = {port:8080}"),
        python("app.run(port=8077)\nrequests.get('http://localhost:8077/')"),
        "```yaml\ntargets: ['somewhere:9404', 'kafka:9094']\nimage: nothing:8080\n```\n",
        '```json\n{"a": "elsewhere:8080"}\n```\n',
        "```text\nnobody:9999 localhost:9999\n```\n",
        python("psycopg2.connect(host='localhost', port=5433)\nconnect(host='postgres', port=5432)"),
        python(
            "connect(host='localhost', port=1234)\nconnect(host=h, port=5432)\nconnect(host='x.org', port=1)"
        ),
        python("connect(host='localhost', port='x')\nconnect(host=1, port=5432)"),
        python("connect(host='redis', port=99999)"),
        "Ask `localhost:8083` or `localhost:7777`.\n",
    ],
)
def test_silent(text: str, config: Config) -> None:
    assert shown(check, text, config) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (bash("docker compose logs kafka-connect"), ["kafka-connect"]),
        (bash("docker compose logs -f debezium_connect | tail"), ["debezium_connect"]),
        (bash("docker-compose exec postgress psql"), ["postgress"]),
        (bash("docker compose up -d kafka zookeeper"), ["zookeeper!"]),
        (bash("$ docker compose stop zookeeper\nStopped"), ["zookeeper!"]),
        (bash("docker logs kafka-connect"), ["kafka-connect"]),
        (bash("docker exec -it kafka bash"), ["kafka"]),
        (bash("docker exec -it connect bash"), ["connect!"]),
        (bash("docker stop web database"), ["web!", "database!"]),
        ("Look with `docker compose logs -f broker`.\n", ["broker!"]),
        (bash("curl http://localhost:5432"), ["localhost:5432"]),
        (bash("curl http://localhost:8080"), ["localhost:8080!"]),
        (bash("curl http://localhost:8080\ncurl http://localhost:8080/a"), ["localhost:8080!"]),
        (bash("curl http://kafka-connect:8083/"), ["kafka-connect:8083!"]),
        (bash("curl http://postgres:9187/metrics"), ["postgres:9187!"]),
        ("```yaml\ntargets: ['postgres:9187']\n```\n", ["postgres:9187!"]),
        (python("c = {'bootstrap.servers': 'localhost:9092'}"), ["localhost:9092"]),
        (python('o("kafka.bootstrap.servers", "localhost:9092")'), ["localhost:9092"]),
        (bash("kcat -b localhost:9092 -L"), ["localhost:9092"]),
        (bash("kafka-topics --bootstrap-server localhost:9092 --list"), ["localhost:9092"]),
        (python("redis.from_url('redis://cache:6379/0')"), ["cache:6379!"]),
        (python("connect(host='localhost', port=5432)"), ["5432"]),
        (python("connect(host='postgres', port='5433')"), ["'5433'"]),
        ("From your machine it is `localhost:9092`, always `localhost:9092`.\n", ["localhost:9092!"]),
    ],
)
def test_found(text: str, found: list[str], config: Config) -> None:
    assert shown(check, text, config) == found


@pytest.mark.parametrize(
    "listeners",
    [
        "PLAINTEXT://kafka:29092,HOST://localhost:9092",
        "PLAINTEXT://${HOST_IP}:9092",
        "PLAINTEXT://broker.example.org:9092",
        "nothing",
    ],
)
def test_brokers_that_readers_reach(listeners: str, tmp_path: Path) -> None:
    compose = (
        "services:\n  kafka:\n    image: k\n    ports: ['9092:9092']\n"
        f"    environment: {{A: 1, KAFKA_ADVERTISED_LISTENERS: '{listeners.replace('$', '$$')}'}}\n"
    )
    text = python("c = {'bootstrap.servers': 'localhost:9092'}") + "`localhost:9092`\n"
    assert shown(check, text, lab(tmp_path, {"compose": compose})) == []


def test_what_stands_elsewhere_is_not_known(tmp_path: Path) -> None:
    compose = "include: [x.yaml]\nservices: {a: {image: x, ports: ['80:5432']}}"
    text = bash("docker logs nobody\ncurl http://nobody:8080") + python(
        "connect(host='localhost', port=5432)"
    )
    assert shown(check, text, lab(tmp_path, {"compose": compose})) == []


def test_ports_that_docker_chooses_may_be_any(tmp_path: Path) -> None:
    compose = "services: {a: {image: x, ports: ['5432']}}"
    assert shown(check, bash("curl http://localhost:8080"), lab(tmp_path, {"compose": compose})) == []


def test_without_services_nothing_is_said(tmp_path: Path) -> None:
    assert shown(check, bash("docker logs nobody"), lab(tmp_path, {"compose": "services: {}"})) == []
    assert shown(check, bash("docker logs nobody"), Config(folder=str(tmp_path))) == []


def test_many_services_are_not_all_listed(tmp_path: Path) -> None:
    services = ", ".join(f"s{n:02}: {{image: x}}" for n in range(20))
    config = lab(tmp_path, {"compose": f"services: {{{services}}}"})
    from checker.analysis.lesson import analyze
    from checker.reading.lesson import parse_lesson

    (report,) = check(analyze(parse_lesson("a.mdx", bash("docker compose logs other"))), config)
    assert report.message.endswith("`s07` and more")


SCRAPED = "```yaml\nscrape_configs:\n  - targets: ['{}']\n```\n"
WITH_PROMETHEUS = COMPOSE + "  prometheus:\n    image: prom/prometheus:latest\n"


@pytest.mark.parametrize("target", ["connect:9404", "localhost:9090", "node-exporter:9100", "redis:9121"])
def test_what_prometheus_may_reach_is_silent(tmp_path: Path, target: str) -> None:
    config = lab(tmp_path, {"compose": WITH_PROMETHEUS.replace("8083:8083", "9404:9404")})
    assert shown(check, SCRAPED.format(target), config) == []


def test_what_prometheus_does_not_find(tmp_path: Path, config: Config) -> None:
    text = SCRAPED.format("kafka-connect:9404")
    assert shown(check, text, config) == []  # another Prometheus, in another network
    assert shown(check, text, lab(tmp_path, {"compose": WITH_PROMETHEUS})) == ["kafka-connect:9404!"]
