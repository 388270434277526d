"""The plan of the house, held: which room may import which, and what is never imported to lint."""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "checker"

FOUNDATION = {"model", "errors", "units", "resources", "cache", "importing", "patterns", "spelling", "lazy"}
# A room may import itself, the foundation, and the rooms named here.
MAY_IMPORT = {
    **{each: set[str]() for each in FOUNDATION},
    "reading": set[str](),
    "config": {"running.job"},
    "analysis": set[str](),
    "comparing": set[str](),
    "schema": set[str](),
    "languages": {"reading"},
    "rules": {"analysis", "comparing", "config", "languages", "reading", "schema"},
    "running": {
        "analysis",
        "languages.fault",
        "languages.holes",
        "languages.sql",
        "reading.directive_words",
        "reading.globs",
    },
    "seeding": {"config", "running.lab"},
    "judging": {"analysis", "comparing", "rules", "config", "reading.globs"},
    "recalling": {"reading", "running", "config", "languages.shell.engine"},
    "pipeline": {
        "reading",
        "analysis",
        "rules",
        "running",
        "seeding",
        "judging",
        "config",
        "recalling",
    },
    "fixing": {"pipeline"},
    "guessing": {"reading", "analysis", "rules", "config"},
    "reporting": {"rules.registry", "rules.rule", "rules.evidence"},
    "doctor": {"running"},
    "editor": {"pipeline", "config", "reading", "reporting", "rules.registry"},
    "cli": {
        "pipeline",
        "fixing",
        "guessing",
        "reporting",
        "rules.registry",
        "config",
        "doctor",
        "editor",
        "reading.sharding",
        "reading.source",
        "running.warm",
    },
    "pytest_plugin": {"pipeline", "analysis", "config", "reading", "reporting", "running.warm"},
    "__main__": {"cli"},
    "__init__": set[str](),
}
# Records that a walk fills while it goes, before anybody else sees them.
FILLED_AS_THEY_ARE_MADE = {
    "analysis/namespace.py:Played",
    "analysis/needs/lesson.py:CellNeeds",
    "analysis/steps.py:Body",
    "analysis/steps.py:CellSteps",
    "rules/kafka/clients.py:Draft",
    "rules/kafka/json_pairs.py:Object",
}
MOST_LINES = 400
# Spark's own processes run it, in an interpreter that has pyspark.
RUN_BY_SPARK = {"kafka_source.py": ("pyspark", "confluent_kafka")}
# What a lesson may import, and what takes long to import: linting needs none of it.
NEVER_TO_LINT = {"pandas", "numpy", "confluent_kafka", "matplotlib", "jsonschema", "rich", "asyncio", "pygls"}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: a relative import hides its room"
            yield node.lineno, node.module or ""


def test_dependencies_point_one_way() -> None:
    wrong = []
    for path in modules():
        here = room(path)
        allowed = MAY_IMPORT[here] | FOUNDATION | {here}
        for line, name in imports(path):
            target = name.removeprefix("checker.")
            if not name.startswith("checker."):
                continue
            if not any(target == each or target.startswith(f"{each}.") for each in allowed):
                wrong.append(f"{path.relative_to(ROOT)}:{line} imports {name}")
    assert wrong == []


def test_no_module_imports_itself_by_way_of_others() -> None:
    """Late imports count: who reads one of the two has to read the other."""
    named = {".".join(path.relative_to(ROOT).with_suffix("").parts): path for path in modules()}
    named = {name.removesuffix(".__init__"): path for name, path in named.items()}
    graph = TopologicalSorter[str]()
    for name, path in named.items():
        graph.add(name, *(_imported(path) & named.keys() - {name}))
    graph.prepare()  # raises CycleError, which names them


def _imported(path: Path) -> set[str]:
    """The modules that are imported; among the names are those that are taken from a module."""
    found = {name for _, name in imports(path)}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def test_records_are_frozen() -> None:
    """What one room hands to another stays as it was made; a private record is its module's own affair."""
    thawed = {
        f"{path.relative_to(PACKAGE).as_posix()}:{node.name}"
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_") and _is_thawed_record(node)
    }
    assert thawed == FILLED_AS_THEY_ARE_MADE


def _is_thawed_record(node: ast.ClassDef) -> bool:
    is_record = any(isinstance(each, ast.Name) and each.id in ("Struct", "Keys") for each in node.bases)
    frozen = [each.value for each in node.keywords if each.arg == "frozen"]
    return is_record and not any(isinstance(each, ast.Constant) and each.value is True for each in frozen)


def test_the_plan_shows_every_room() -> None:
    plan = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    missing = [
        each
        for each in {path.relative_to(PACKAGE).parts[0] for path in modules()}
        if not each.startswith("__") and not re.search(rf"^      {re.escape(each)}\b", plan, re.MULTILINE)
    ]
    assert missing == []


def test_the_worker_is_standard_library_only() -> None:
    """It runs in the lesson's interpreter, where nothing of ours is installed."""
    wrong = [
        f"{path.relative_to(ROOT)}:{line} imports {name}"
        for path in sorted((PACKAGE / "running" / "worker").rglob("*.py"))
        for line, name in imports(path)
        if name.partition(".")[0] not in (*sys.stdlib_module_names, *RUN_BY_SPARK.get(path.name, ()))
        and not name.startswith(("checker.running.worker", "checker.running.sandbox"))
    ]
    assert wrong == []


def test_no_module_is_a_drawer_for_anything() -> None:
    names = {path.stem for path in modules()}
    assert not names & {"utils", "util", "helpers", "common", "misc"}


def sources() -> list[Path]:
    """The modules, and what comes with them: templates, style, script, words."""
    beside = [path for kind in ("html", "css", "js", "toml") for path in PACKAGE.rglob(f"*.{kind}")]
    return [*modules(), *sorted(beside)]


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_files_stay_small(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES


def loaded_to_lint(lesson: Path) -> set[str]:
    """The modules that checking a lesson imports; what is understood of it is kept beside it."""
    script = (
        "import sys\n"
        "from checker.cli.main import run\n"
        "status = run(sys.argv[1:])\n"
        "print(*sorted(sys.modules), file=sys.stderr)\n"
        "sys.exit(status)\n"
    )
    arguments = ["check", "--no-run", "--output-format", "concise", str(lesson)]
    ran = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, "XDG_CACHE_HOME": str(lesson.parent)},
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    loaded = set(ran.stderr.split())
    assert "checker.pipeline" in loaded
    return loaded


def test_linting_imports_nothing_heavy(tmp_path: Path) -> None:
    lesson = tmp_path / "lesson.mdx"
    lesson.write_text("# Frames\n\n```python\nimport pandas as pd\n\nprint(pd.DataFrame())\n```\n")
    assert not loaded_to_lint(lesson) & NEVER_TO_LINT


def test_parsers_come_in_parts_and_not_for_what_is_known(tmp_path: Path) -> None:
    lesson = tmp_path / "lesson.mdx"
    lesson.write_text(
        "---\ntitle: T\n---\n\n[a](#b)\n\n# B\n\n```sql\nSELECT 1;\n```\n\n```bash\nls $(a)\n```\n"
    )
    first = loaded_to_lint(lesson)
    parsers = {"markdown_it", "yaml", "pglast.parser", "tree_sitter"}
    assert first >= parsers
    assert not first & {
        *("pglast.enums.nodes", "markdown_it.main", "yaml.resolver", "yaml.cyaml", "tomllib"),
        *("locale", "importlib.resources"),
    }
    assert not loaded_to_lint(lesson) & (parsers | {"subprocess", "tempfile", "shutil", "dis"})


def test_heads_of_neighbours_are_read_without_a_parser_of_markdown(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    lesson = tmp_path / "a" / "lesson.mdx"
    lesson.parent.mkdir()
    lesson.write_text("---\ntitle: T\n---\n\n```python\nprint()\n```\n")
    loaded_to_lint(lesson)
    lesson.with_name("other.mdx").write_text("---\ntitle: Other\n---\n\n# B\n")
    loaded = loaded_to_lint(lesson)
    assert "yaml" in loaded
    assert "markdown_it" not in loaded
