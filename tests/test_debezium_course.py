"""The configuration for a real course: whole, without the course."""

import json
import shutil
from pathlib import Path

from checker.config import load_config
from checker.seeding.lab import find_lab

FOLDER = Path(__file__).parent.parent / "examples" / "debezium-course"
SCRIPT = """
CREATE TABLE customers (id SERIAL PRIMARY KEY, email VARCHAR(255) UNIQUE NOT NULL);
CREATE TABLE products (id SERIAL PRIMARY KEY, price DECIMAL(10, 2) NOT NULL);
CREATE TABLE orders (id SERIAL PRIMARY KEY, status VARCHAR(50) DEFAULT 'pending');
"""


def test_it_describes_a_lab_once_it_lies_in_its_course(tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path, dirs_exist_ok=True)
    for name, content in (
        ("docker-compose.yml", "services: {}\n"),
        (".env.example", "POSTGRES_VERSION=15\n"),
        ("postgres/init.sql", SCRIPT),
        ("jupyter/requirements.txt", "pandas\n"),
    ):
        path = tmp_path / "labs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    (tmp_path / "src" / "content" / "course").mkdir(parents=True)
    lab = find_lab(load_config(str(tmp_path)))
    assert lab.kafka is not None
    topics = {topic.name: topic.messages for topic in lab.kafka.topics}
    assert len(topics["dbserver1.public.orders"]) == 30 + 50 + 20 + 10 + 10
    assert len(topics["inventory.public.customers"]) == 3 + 1 + 1 + 2 * 2
    assert all(
        json.loads(each.value or b"")["payload"]["source"]["snapshot"] == "incremental"
        for each in topics["inventory.public.orders_large"]
    )
    assert lab.postgresql is not None
    assert len(lab.postgresql.init) == 2
