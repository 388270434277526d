"""Configurations guessed from courses, and what a check by them says."""

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from checker.cli.main import run
from checker.config import load_config
from checker.errors import UsageError
from checker.guessing.draft import draft

TEXT = "A table holds rows and columns, and each of these has a name and a type that is seen at once.\n"
RUSSIAN = "Таблица хранит строки и столбцы, и у каждого столбца есть имя и тип, который в ней виден сразу.\n"


@pytest.fixture(autouse=True)
def _site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def write(files: Mapping[str, str]) -> None:
    for name, text in files.items():
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def head(number: int) -> str:
    return f"---\ntitle: Lesson {number}\norder: {number}\n---\n\n"


def config(files: Mapping[str, str]) -> Any:
    """The configuration that is guessed, as a table; what is in comments does not count."""
    write(files)
    return tomllib.loads(draft(".").files["coursecheck.toml"])


def astro(text: str = TEXT) -> dict[str, str]:
    return {
        f"src/content/course/0{module}-m/0{number}-l.mdx": (
            head(number) + f"## Summary\n\n{text}\n[next](/course/0{module}-m/0{3 - number}-l)\n"
        )
        for module in (1, 2)
        for number in (1, 2)
    }


def test_readmes_are_lessons_where_they_hold_the_code() -> None:
    code = f"# Tea\n\n{TEXT}\n```python\nprint(1)\n```\n"
    files = {"README.md": TEXT, "1-tea/README.md": code, "2-cups/README.md": code}

    assert config(files | {"1-tea/homework.md": TEXT})["course"]["lessons"] == ["**/*.md", "**/README.md"]
    Path("1-tea/homework.md").unlink()
    assert config({"lab.txt": ""})["course"]["lessons"] == ["**/README.md"]
    assert run(["init"]) == run(["check", "--no-run"]) == 0


def test_readmes_are_no_lessons_beside_such_with_code() -> None:
    code = f"# Tea\n\n{TEXT}\n```python\nprint(1)\n```\n"
    files = {"README.md": code, "lab/README.md": code, "a.md": code, "b.md": code}

    assert config(files)["course"]["lessons"] == ["**/*.md"]
    Path("a.md").unlink()
    Path("b.md").write_text(TEXT, encoding="utf-8")
    Path("lab/README.md").unlink()
    assert config({"c.txt": ""})["course"]["lessons"] == ["**/*.md"]


def test_a_course_with_words_of_its_own_for_output() -> None:
    block = "```python\nprint(1)\n```\n\n**Salida**:\n```\n1\n```\n\nMás.\n\n"
    assert config({"a.md": TEXT + block * 2})["output"] == {"labels": ["salida"]}


def test_a_collection_of_astro_whose_links_show_nothing() -> None:
    found = config({f"src/content/course/0{number}-l.mdx": head(number) + TEXT for number in (1, 2)})
    assert found["site"] == {"content": "src/content/course", "routes": "/course"}


def test_a_course_of_astro() -> None:
    files = {
        **astro(),
        "astro.config.mjs": "export default { base: '/my-course/', site: 'https://example.org' }",
        "src/pages/index.astro": "",
        "public/x.png": "",
        "labs/docker-compose.yml": "",
        "node_modules/x/docker-compose.yml": "",
        ".astro/collections/course.schema.json": "{}",
    }
    found = config(files)
    assert found["course"] == {"lessons": ["src/content/course/**/*.mdx"], "languages": ["en"]}
    assert found["site"] == {
        "base": "/my-course",
        "content": "src/content/course",
        "routes": "/course",
        "pages": "src/pages",
        "public": "public",
    }
    assert found["structure"] == {"numbered": True}
    text = draft(".").files["coursecheck.toml"]
    assert "# From astro.config.mjs." in text
    assert "# 4 of 4 internal links lead nowhere by this." not in text
    assert '# sections = [["Summary"]]' in text
    assert "# The lab's services: labs/docker-compose.yml\n" in text
    assert '# schema = ".astro/collections/course.schema.json"' in text


def test_a_good_course_has_nothing_to_report(capsys: pytest.CaptureFixture[str]) -> None:
    write(astro(RUSSIAN))
    assert run(["init"]) == 0
    assert (
        "coursecheck.toml and schemas/lesson.schema.json: guessed from 4 lessons" in capsys.readouterr().err
    )
    assert load_config(".").frontmatter.schemas
    assert run(["check", "--no-run", "--allow-empty", "."]) == 0
    assert "no findings" in capsys.readouterr().out


def test_without_links_the_name_of_a_collection_is_its_route() -> None:
    files = {name: head(1) + TEXT for name in astro()}
    assert config(files)["site"] == {"content": "src/content/course", "routes": "/course"}


def test_starlight_stands_at_the_root() -> None:
    assert config({f"src/content/docs/en/{n}.md": TEXT for n in "abc"})["site"] == {
        "content": "src/content/docs",
        "routes": "/",
    }


def test_docusaurus() -> None:
    files = {
        "docusaurus.config.ts": "baseUrl: '/x/', routeBasePath: 'learn'",
        "docs/a/b.md": TEXT,
        "docs/c.md": TEXT,
    }
    assert config(files)["site"] == {"base": "/x", "content": "docs", "routes": "/learn"}


def test_mintlify_is_its_folder() -> None:
    assert config({"docs.json": "{}", "guide/a.mdx": TEXT, "b.mdx": TEXT})["site"] == {
        "content": ".",
        "routes": "/",
    }


def test_a_site_that_leaves_out_the_numbers() -> None:
    text = "[a](/guide/a) [b](/guide/b)\n"
    found = config({f"docs/01-guide/0{at}-{name}.mdx": text for at, name in enumerate("abc", 1)})
    assert found["site"] == {"content": "docs", "routes": "/", "unnumbered": True}


def test_where_a_link_has_the_numbers_they_are_part_of_addresses() -> None:
    text = "[a](/guide/a)" + " [b](/01-guide/02-b)" * 5 + "\n"
    found = config({f"docs/01-guide/0{at}-{name}.mdx": text for at, name in enumerate("abc", 1)})
    assert found["site"] == {"content": "docs", "routes": "/"}


def test_lessons_without_frontmatter_among_a_few_are_meant(capsys: pytest.CaptureFixture[str]) -> None:
    files = {f"a/{number:02}.md": head(number) + TEXT for number in range(1, 12)}
    write({**files, "a/12.md": TEXT})
    assert run(["init"]) == 0
    schema = json.loads(Path("schemas/lesson.schema.json").read_text(encoding="utf-8"))
    assert "required" not in schema
    assert run(["check", "--no-run", "--allow-empty", "."]) == 0
    assert "frontmatter" not in capsys.readouterr().out


def test_one_lesson_without_frontmatter_among_many_is_a_mistake(capsys: pytest.CaptureFixture[str]) -> None:
    files = {f"a/{number:02}.md": head(number) + TEXT for number in range(1, 60)}
    write({**files, "a/60.md": TEXT})
    assert run(["init"]) == 0
    assert run(["check", "--no-run", "--allow-empty", "."]) == 1
    assert "frontmatter-missing" in capsys.readouterr().out


def test_links_to_folders_that_are_not_here_make_a_guess_doubtful() -> None:
    text = "".join(f"[a](/guide/{name})\n" for name in "abc") + "".join(
        f"[a](/old/{n}/x)\n" for n in range(5)
    )
    found = config({f"docs/guide/{name}.mdx": text for name in "abc"})
    assert "site" not in found
    text = draft(".").files["coursecheck.toml"]
    assert "# 15 of 24 internal links lead to folders that are not here" in text
    assert '# content = "docs"' in text


def test_what_links_show_has_the_base_path_in_it() -> None:
    lessons = {name: text.replace("](/course", "](/b/course") for name, text in astro().items()}
    found = config({**lessons, "astro.config.mjs": 'export default { base: "/b" }'})["site"]
    assert (found["base"], found["content"], found["routes"]) == ("/b", "src/content/course", "/course")


def test_where_other_pages_stand_is_told_by_links_that_go_there() -> None:
    made = "".join(f"[{name}](/course/api/{name})\n" for name in ("frames", "series", "indexes"))
    renamed = (
        "[a](/course/03-m/01-l)\n[b](/course/03-m/02-l)\n[c](/course/03-m/02-l#d)\n[d](/course/04-m/01-l)\n"
    )
    few = "[a](/course/log/frames)\n" + "[a](/course/01-m/01-l)\n" * 20
    lesson = {"src/content/course/02-m/03-l.mdx": head(3) + made + renamed + few}
    assert config(astro() | lesson)["site"]["elsewhere"] == ["/course/api"]


def test_broken_links_are_counted() -> None:
    right = "".join(f"[a](/guide/{name})\n" for name in "abcdef")
    write({f"docs/guide/{name}.mdx": right + "[a](/guide/x)\n" for name in "abcdef"})
    assert "# 6 of 42 internal links lead nowhere by this." in draft(".").files["coursecheck.toml"]


def test_lessons_without_anything() -> None:
    files = {"a/x.md": "# X\n", "b.mdx": "# X\n"}
    assert config(files) == {"course": {"lessons": ["**/*.md*"]}}
    assert list(draft(".").files) == ["coursecheck.toml"]
    assert "# 2 of 2 lessons" not in draft(".").files["coursecheck.toml"]


def test_gaps_and_other_languages_are_said_and_not_asked_for() -> None:
    files = {f"a/0{n}-x.mdx": f"{RUSSIAN}\n{TEXT}\n## Итоги\n" for n in (1, 2, 4)}
    found = config(files)
    assert (found.get("structure"), found["course"].get("languages")) == ({}, None)
    text = draft(".").files["coursecheck.toml"]
    assert "with 1 gap:\n# numbered = true" in text
    assert '# languages = ["ru"]' in text
    assert '# sections = [["Итоги"]]' in text


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (TEXT, "en"),
        (RUSSIAN, "ru"),
        ("Таблиця зберігає рядки і стовпці, і кожен із них має ім'я і тип, який видно одразу.\n", "uk"),
        ("Ο πίνακας έχει γραμμές και στήλες και κάθε μία από αυτές έχει ένα όνομα.\n", "el"),
        ("1 2 3\n", None),
        ("Kafka PostgreSQL Debezium\n", None),
    ],
)
def test_languages(text: str, language: str | None) -> None:
    found = config({f"{n}.mdx": text for n in "abc"})["course"].get("languages")
    assert found == ([language] if language else None)


def test_odd_names_do_no_harm() -> None:
    files = {'a "b"\\/x.mdx': head(1), 'a "b"\\/y.mdx': head(2), "docker-compose.yml": ""}
    assert config(files)["course"]["lessons"] == ['a "b"\\/**/*.mdx']


def test_a_folder_elsewhere() -> None:
    write({f"course/{name}": text for name, text in astro().items()})
    assert run(["init", "course"]) == 0
    assert json.loads(Path("course/schemas/lesson.schema.json").read_text())["required"] == ["order", "title"]
    assert run(["check", "--no-run", "--allow-empty", "course"]) == 0


def test_without_lessons_there_is_nothing_to_guess() -> None:
    with pytest.raises(UsageError, match="there are no lessons below"):
        draft(".")
    assert run(["init", "gone"]) == 2


def test_nothing_is_written_over(capsys: pytest.CaptureFixture[str]) -> None:
    write({**astro(), "schemas/lesson.schema.json": "{}"})
    assert run(["init"]) == 2
    assert "schemas/lesson.schema.json is there already" in capsys.readouterr().err
    assert not Path("coursecheck.toml").exists()
    assert Path("schemas/lesson.schema.json").read_text() == "{}"
    assert run(["init", "--force"]) == 0
    assert run(["init"]) == 2


def test_links_are_never_written_through() -> None:
    write(astro())
    Path("coursecheck.toml").symlink_to("elsewhere.toml")
    assert run(["init", "--force"]) == 2
    assert not Path("elsewhere.toml").exists()


def test_a_dry_run_writes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    write(astro())
    before = sorted(Path().rglob("*"))
    assert run(["init", "--dry-run"]) == 0
    out = capsys.readouterr().out
    assert "# coursecheck.toml\n# Guessed by" in out
    assert '"title": "Lesson"' in out
    assert sorted(Path().rglob("*")) == before


def test_a_folder_that_may_not_be_written_to(capsys: pytest.CaptureFixture[str]) -> None:
    write({**astro(), "schemas": "a file"})
    assert run(["init"]) == 2
    assert "could not be written" in capsys.readouterr().err


COMPOSE = "services:\n  connect:\n    image: quay.io/debezium/connect:${VERSION}\n"


def test_a_lab_is_proposed() -> None:
    files = {
        **astro(),
        "lab/compose.yaml": COMPOSE,
        "lab/.env.example": "VERSION=3.2.0.Final\n",
        "lab/.env": "VERSION=1\n",
        "lab/jupyter/requirements.txt": "pandas\n",
        "lab/jupyter/.venv/requirements.txt": "x\n",
        "lab/a/b/c/requirements.txt": "x\n",
    }
    found = config(files)
    assert found["lab"] == {
        "compose": "lab/compose.yaml",
        "env": "lab/.env.example",
        "requirements": "lab/jupyter/requirements.txt",
    }
    assert found["kafka"] == {}
    text = draft(".").files["coursecheck.toml"]
    assert '# debezium = "3.2.0"' in text
    write(draft(".").files)
    assert load_config(".").lab.env == "lab/.env.example"


def test_a_lab_without_more_than_its_services() -> None:
    found = config(
        {**astro(), "compose.yml": "services: {a: {image: x}}", "docs/compose.yml": "services: {}"}
    )
    assert found["lab"] == {"compose": "compose.yml"}
    assert "kafka" not in found
    assert "# There is docs/compose.yml too.\n" in draft(".").files["coursecheck.toml"]


def test_of_several_requirements_none_is_chosen() -> None:
    files = {"a/requirements.txt": "", "b/requirements.txt": ""}
    found = config({**astro(), "lab/compose.yml": COMPOSE, **{f"lab/{name}": "" for name in files}})
    assert found["lab"] == {"compose": "lab/compose.yml"}
    assert "# There is lab/b/requirements.txt too.\n" in draft(".").files["coursecheck.toml"]


def test_the_requirements_of_the_course_are_the_labs() -> None:
    found = config({**astro(), "lab/compose.yml": COMPOSE, "requirements.txt": "pandas\n"})
    assert found["lab"]["requirements"] == "requirements.txt"


def test_a_lab_that_cannot_be_read_says_why() -> None:
    files = {**astro(), "compose.yml": "services: [\n"}
    assert "lab" not in config(files)
    assert "# It cannot be read: compose.yml:" in draft(".").files["coursecheck.toml"]


@pytest.mark.parametrize(
    ("text", "extensions"),
    [
        ("## One {#one}\n\n## Two {#two}\n", ["heading-ids"]),
        ("{#if a}\n\nText.\n\n{:else}\n\nMore.\n\n{/if}\n", ["svelte"]),
        ("## One {#one}\n\n{#if a}\n\nText.\n\n{/if}\n\n## Two {#two}\n", ["heading-ids", "svelte"]),
    ],
)
def test_what_the_site_adds_to_mdx_is_tried(text: str, extensions: list[str]) -> None:
    assert config({"a/01.mdx": TEXT, "a/02.mdx": text})["mdx"] == {"extensions": extensions}


@pytest.mark.parametrize(
    "text",
    [
        "## One {#one}\n",
        "a<br>b\n\n<!-- c -->\n\n<img src='d'>\n",
        "a < b and {c\n\n<br>\n",
        "## Set {1, 2\n",
        "{a}\n",
    ],
)
def test_what_may_be_a_slip_adds_nothing_to_mdx(text: str) -> None:
    assert "mdx" not in config({"a/01.mdx": TEXT, "a/02.mdx": text})
