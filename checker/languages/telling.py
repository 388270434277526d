"""Recognises the language of a line: shell commands and settings in SQL, SQL and output in shell code."""

import re
from collections.abc import Iterator

from msgspec import Struct

from checker.languages.fault import Fault
from checker.patterns import regex

# Programs that courses call, none of which is the first word of an SQL statement.
COMMANDS = frozenset(
    [
        "apk",
        "apt",
        "apt-get",
        "aws",
        "az",
        "bash",
        "brew",
        "cargo",
        "cat",
        "cd",
        "chmod",
        "chown",
        "cp",
        "createdb",
        "curl",
        "docker",
        "docker-compose",
        "dotnet",
        "echo",
        "eksctl",
        "ffmpeg",
        "find",
        "gcloud",
        "gh",
        "git",
        "go",
        "gradle",
        "grep",
        "gsutil",
        "head",
        "helm",
        "ifconfig",
        "java",
        "javac",
        "jq",
        "kafka-acls",
        "kafka-configs",
        "kafka-console-consumer",
        "kafka-console-producer",
        "kafka-consumer-groups",
        "kafka-topics",
        "kcat",
        "kill",
        "kubectl",
        "ln",
        "ls",
        "make",
        "mariadb",
        "mkdir",
        "mongosh",
        "mv",
        "mvn",
        "mysql",
        "mysqladmin",
        "mysqlbinlog",
        "mysqldump",
        "nc",
        "netstat",
        "node",
        "npm",
        "npx",
        "openssl",
        "pg_basebackup",
        "pg_ctl",
        "pg_dump",
        "pg_dumpall",
        "pg_restore",
        "pg_upgrade",
        "ping",
        "pip",
        "pip3",
        "pipenv",
        "pipx",
        "pnpm",
        "poetry",
        "podman",
        "prefect",
        "ps",
        "psql",
        "pwd",
        "pytest",
        "python",
        "python3",
        "redis-cli",
        "rm",
        "rsync",
        "ruby",
        "scp",
        "sed",
        "sh",
        "source",
        "spark-submit",
        "sqlite3",
        "ssh",
        "sudo",
        "systemctl",
        "tail",
        "tar",
        "tee",
        "terraform",
        "touch",
        "uv",
        "uvx",
        "vim",
        "wget",
        "which",
        "yarn",
    ]
)
# SQL has these as well: KILL 5, SOURCE x, FIND … in some dialects.
_NOT_IN_SQL = COMMANDS - {"find", "head", "kill", "make", "source", "touch", "which"}

_SHELL = regex(
    r"[ \t]*(?:\$[ \t]+)?(?:[A-Z][A-Z0-9_]*=(?:'[^'\n]*'|\"[^\"\n]*\"|[^\s'\"]*)[ \t]+){0,9}(?:sudo[ \t]+)?"
    r"(?P<word>[a-z][\w.-]*)(?=[ \t]+[^\s=(:,]|[ \t]*$)"
)
# `SELECT a`, `WITH (`: no other language here has lines that begin with a word in capitals and another word.
_IN_CAPITALS = regex(r"[ \t]*[A-Z]{2,}(?:[ \t]+[^\s\d]|[ \t]*$)")
_HYPHENATED = regex(r"[ \t]*(?P<word>[a-z]+(?:-[a-z]+)+)[ \t]+--?[a-z]")
_SETTING = regex(
    r"[ \t]*(?P<key>[a-z][a-z0-9_.]*)[ \t]*=[ \t]*(?:'[^'\n]*'|\"[^\"\n]*\"|[\w.+-]+)[ \t]*(?:(?:--|\#).*)?$"
)
# Prefixes of the settings of PostgreSQL and MySQL servers.
_SERVER_SETTING = regex(
    r"(?:archive|autovacuum|binlog|character|checkpoint|effective|enforce|expire|gtid|hot_standby|idle_in"
    r"|innodb|listen|lock_timeout|log|logical|maintenance|max|min|rds|read_only|replica|server_id|shared"
    r"|slow_query|sql_mode|statement_timeout|super_read_only|sync|synchronous|track|wal|work_mem)[_\w.]*"
)
_OUTPUT = regex(
    r"[ \t]*(?:\+-[-+]+\+?[ \t]*(?:$|\S)|\|.*\|[ \t]*$|\|[^|]*\|[^|]*\|"
    r"|ERROR \d+ \(|ERROR:  |Query OK,|\d+ rows? in set|Empty set|\(\d+ rows?\)"
    r"|(?:INSERT \d+|UPDATE|DELETE|COPY|MERGE) \d+[ \t]*$)"
)
_SQL = regex(
    r"^(?:SELECT[ \t]+\S|SELECT$|INSERT[ \t]+INTO[ \t]|UPDATE[ \t]+\S+[ \t]+SET\b|DELETE[ \t]+FROM[ \t]"
    r"|WITH[ \t]+\w+[ \t]+AS[ \t]*\(|(?:CREATE|ALTER|DROP)[ \t]+(?:OR[ \t]+REPLACE[ \t]+)?"
    r"(?:TABLE|INDEX|VIEW|SCHEMA|DATABASE|USER|ROLE|PUBLICATION|FUNCTION|TRIGGER)\b"
    r"|SHOW[ \t]+[A-Z]+|GRANT[ \t]+[A-Z]+|TRUNCATE[ \t]+TABLE[ \t])",
    re.MULTILINE,
)
_STATEMENTS = (
    "SELECT", "INSERT", "UPDATE", "DELETE", "WITH", "CREATE", "ALTER", "DROP", "SHOW", "GRANT", "TRUNCATE"
)  # fmt: skip
_PROMQL = regex(
    r"[ \t]*(?:sum|avg|max|min|count|rate|irate|increase|delta|histogram_quantile|\w+_over_time)\b"
    r"[^\n]*\[\d+(?:ms|[smhdwy])\]"
)
# Log lines: `10:08:02.948 | INFO`, `2024-05-01 10:08:02`.
_LOG = regex(r"[ \t]*\[?(?:\d{4}-\d\d-\d\d[T ])?\d\d:\d\d:\d\d\b|Traceback \(most recent call last\)")
_DATABASE_PROMPT = regex(r"[ \t]*(?:>>|mysql|MariaDB \[.*\]|sqlite|ksql|Flink SQL|\w+[=-][#>]?)> ")
# Stack traces, the output of `diff`, and trees drawn with lines.
_PRINTED = regex(
    r"[ \t]+at [^\s(][^\n(]*\([^\n()]*:\d+\)|diff --git a/|@@ -\d+(?:,\d+)? \+\d+(?:,\d+)? @@"
    r"|[ \t]*[┌├└│┬┐┘╭╰╔╚║]"
)
# Beginnings of lines in Python that neither SQL nor shell code has.
_PYTHON = regex(
    r"[ \t]*(?:import[ \t]+[\w.]+(?:[ \t]+as[ \t]+\w+)?[ \t]*$|from[ \t]+[\w.]+[ \t]+import[ \t]"
    r"|(?:async[ \t]+)?def[ \t]+\w+[ \t]*\(|class[ \t]+\w+[ \t]*[(:]|for[ \t]+\w+(?:,[ \t]*\w+)*[ \t]+in[ \t]"
    r"[^\n;]*:[ \t]*$|print\([^\n]*\)[ \t]*$|[a-z_]\w*[ \t]+=[ \t]+[a-z_][\w.]*\()"
)
_JSON = regex(r"[ \t]*(?:[{\[][ \t]*$|\{[ \t]*\"[^\"\n]*\"[ \t]*:)")
_QUOTED = regex(r"'[^']*'|\"[^\"]*\"|`[^`]*`|/\*.*?(?:\*/|\Z)|--[^\n]*", re.DOTALL)


class Line(Struct, frozen=True):
    """A line of a text with its offset."""

    text: str
    start: int


def lines_of(text: str) -> Iterator[Line]:
    """The lines, without line endings."""
    at = 0
    for line in text.split("\n"):
        yield Line(line, at)
        at += len(line) + 1


def foreign_in_sql(text: str) -> Fault | None:
    """The first line of SQL code, where a statement would begin, that is not SQL."""
    fault = _first_foreign(text)
    if fault is None or any(_DATABASE_PROMPT.match(line.text) for line in lines_of(text)):
        return None
    return fault


def _first_foreign(text: str) -> Fault | None:
    # Quoted text and comments are blanked so that they are not misread; offsets do not change.
    plain = _QUOTED.sub(_hollow, text)
    begins, start = True, 0
    for line, bare in zip(text.split("\n"), plain.split("\n"), strict=True):
        if bare := bare.strip():
            if begins and (fault := _foreign_line(Line(line, start), plain)):
                return fault
            begins = bare.endswith((";", "\\G", "\\g"))
        start += len(line) + 1
    return None


def _hollow(found: re.Match[str]) -> str:
    """Blanks for a comment, letters for quoted text."""
    quote = found[0][0]
    if quote in "-/":
        return _filled(found[0], " ")
    return quote + _filled(found[0][1:-1], "x") + quote


def _filled(text: str, sign: str) -> str:
    """The sign in place of each character except line ends."""
    if "\n" not in text:
        return sign * len(text)
    return "\n".join(sign * len(line) for line in text.split("\n"))


def _foreign_line(line: Line, plain: str) -> Fault | None:
    if _IN_CAPITALS.match(line.text):
        return None
    start = line.start + len(line.text) - len(line.text.lstrip())
    if name := shell_command(line.text):
        return _fault(line, start, f"`{name}` is a shell command, not SQL: it belongs in a `bash` fence")
    for pattern, language, name in ((_PYTHON, "python", "Python"), (_JSON, "json", "JSON")):
        if pattern.match(line.text):
            message = f"this is {name}, not SQL: it belongs in a `{language}` fence"
            return _fault(line, start, message)
    if setting := _SETTING.match(line.text):
        key = setting["key"]
        known = _SERVER_SETTING.fullmatch(key) is not None
        several = sum(1 for each in plain.split("\n") if _SETTING.match(each)) > 1
        message = f"`{key} = …` is a line of a configuration file, not SQL: it belongs in an `ini` fence"
        return _fault(line, start, message, certain=known or several)
    if _OUTPUT.match(line.text):
        message = "this is output, not SQL: put it in comments or in a separate `text` fence"
        return _fault(line, start, message, certain=False)
    return None


def shell_command(line: str) -> str:
    """The known program that a line calls, "" when it calls none."""
    found = _SHELL.match(line)
    if found and found["word"] in _NOT_IN_SQL:
        return found["word"]
    found = _HYPHENATED.match(line)
    return found["word"] if found else ""


def sql_lines(text: str) -> Iterator[Line]:
    """The lines of shell code that look like the beginning of an SQL statement."""
    if not any(each in text for each in _STATEMENTS):
        return
    for found in _SQL.finditer(text):
        end = text.find("\n", found.start())
        yield Line(text[found.start() : end if end >= 0 else len(text)], found.start())


def is_promql(line: str) -> bool:
    """Whether a line is a PromQL expression."""
    return _PROMQL.match(line) is not None


def is_python(line: str) -> bool:
    """Whether a line can only be Python: an import, a definition, a call that is assigned."""
    return _PYTHON.match(line) is not None


def is_output(line: str) -> bool:
    """Whether a line is output of a program, or was typed at a database's prompt."""
    return any(each.match(line) for each in (_OUTPUT, _LOG, _DATABASE_PROMPT, _PRINTED))


def _fault(line: Line, start: int, message: str, *, certain: bool = True) -> Fault:
    return Fault(message, start, line.start + len(line.text.rstrip()), certain)
