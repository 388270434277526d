"""The languages that are checked: the names of their fences, and what has to be installed for each."""

from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec

from msgspec import Struct

from checker.analysis.lesson import LessonAnalysis
from checker.languages.fault import LONGEST
from checker.languages.shell.engine import bash
from checker.languages.shell.prompts import commands_only
from checker.languages.sql.dialects import FENCES as SQL_FENCES
from checker.model import Block
from checker.rules.document.problems import cut_blocks

# Fences of terminal sessions without a prompt contain output.
_SESSIONS = frozenset({"bash-session", "console", "sh-session", "shell-session", "shellsession", "terminal"})
# For text that is not code, tree-sitter takes quadratic time.
_LONGEST_TREE = 8_000
# So does PostgreSQL's parser for nested comments.
_LONGEST_SQL = 20_000


class Language(Struct, frozen=True):
    """A language; `packages` are the modules that its parser needs besides the checker's own.

    Blocks longer than `longest` characters are not checked.
    """

    name: str
    fences: frozenset[str]
    packages: tuple[str, ...] = ()
    longest: int = LONGEST


JSON = Language("JSON", frozenset({"json", "jsonc"}))
YAML = Language("YAML", frozenset({"yaml", "yml"}))
TOML = Language("TOML", frozenset({"toml"}))
PROPERTIES = Language("properties", frozenset({"properties", "java-properties"}))
MERMAID = Language("Mermaid", frozenset({"mermaid"}))
SHELL = Language(
    "shell",
    frozenset({"bash", "sh", "shell", "zsh"}) | _SESSIONS,
    ("tree_sitter", "tree_sitter_bash"),
    _LONGEST_TREE,
)
SQL = Language(
    "SQL",
    frozenset(each for each in SQL_FENCES if SQL_FENCES[each] is not None),
    ("pglast", "sqlglot"),
    _LONGEST_SQL,
)
DOCKERFILE = Language(
    "Dockerfile",
    frozenset({"dockerfile", "docker"}),
    ("tree_sitter", "tree_sitter_dockerfile"),
    _LONGEST_TREE,
)
PROMQL = Language("PromQL", frozenset({"promql"}), ("promql_parser",))

LANGUAGES = (JSON, YAML, TOML, SHELL, SQL, DOCKERFILE, PROPERTIES, PROMQL, MERMAID)
_BY_FENCE = {name: each for each in LANGUAGES for name in each.fences}


def blocks_in(analysis: LessonAnalysis, language: Language) -> Sequence[Block]:
    """The blocks of a lesson in a language, without those whose fence was closed too late."""
    return analysis.once(_by_language).get(language.name, ())


def _by_language(analysis: LessonAnalysis) -> dict[str, list[Block]]:
    found: dict[str, list[Block]] = {}
    cut = cut_blocks(analysis.lesson)
    for block in analysis.lesson.blocks:
        language = language_of(block)
        if language is not None and block.index not in cut:
            found.setdefault(language.name, []).append(block)
    return found


def language_of(block: Block) -> Language | None:
    """The language of a block; None for one that is not checked, and for a session without a prompt."""
    name = block.language
    if name in _SESSIONS and commands_only(block.code) == block.code:
        return None
    return _BY_FENCE.get(name)


@cache
def missing(language: Language) -> tuple[str, ...]:
    """What a language's parser needs and this machine lacks: modules, or the program bash."""
    modules = tuple(each for each in language.packages if find_spec(each) is None)
    return modules if language != SHELL or bash() else (*modules, "bash")
