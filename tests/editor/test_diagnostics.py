from lsprotocol.types import DiagnosticSeverity

from checker.editor.diagnostics import diagnostic, failure_diagnostic
from checker.editor.positions import Positions
from checker.errors import ConfigError
from checker.model import Finding, Severity
from tests.builders import span

POSITIONS = Positions("word and word\n", "utf-16")


def finding(code: str, name: str, severity: Severity = "error", *, intended: bool = False) -> Finding:
    return Finding(code, name, severity, "Look\nout.", span(1), intended=intended)


def test_severities() -> None:
    wanted = {
        "error": DiagnosticSeverity.Error,
        "warning": DiagnosticSeverity.Warning,
        "info": DiagnosticSeverity.Information,
    }
    for severity, shown in wanted.items():
        found = diagnostic(finding("PAN301", "chained-assignment", severity), POSITIONS)  # type: ignore[arg-type]
        assert found.severity == shown


def test_what_is_wrong_on_purpose_is_a_hint() -> None:
    found = diagnostic(finding("PAN301", "chained-assignment", intended=True), POSITIONS)
    assert found.message == r"Look\nout. (shown wrong on purpose)"
    assert found.severity == DiagnosticSeverity.Hint


def test_a_rule_has_a_page_if_it_is_known() -> None:
    ruffs = diagnostic(finding("RUFF:F401", "unused-import"), POSITIONS).code_description
    assert ruffs
    assert ruffs.href == "https://docs.astral.sh/ruff/rules/unused-import/"
    assert diagnostic(finding("NEW999", "of-tomorrow"), POSITIONS).code_description is None


def test_a_failure_is_one_line_with_its_remedy() -> None:
    assert (
        failure_diagnostic(ConfigError("a.toml: no", "Mend it.")).message
        == "not checked: a.toml: no Mend it."
    )
    assert "defect of coursecheck: KeyError: 1" in failure_diagnostic(KeyError(1)).message
