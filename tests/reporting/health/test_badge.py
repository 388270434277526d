import json
from xml.etree import ElementTree as ET

import pytest

from checker.model import OutcomeKind
from checker.reporting.health.badge import badge_json, badge_svg
from checker.reporting.health.build import build_health
from tests.reporting.health.documents import block, document

CASES: list[tuple[list[OutcomeKind], str, str]] = [
    ([], "no snippets", "lightgrey"),
    (["passed"], "100 of 100", "brightgreen"),
    (["passed", "skipped", "skipped"], "66.7 of 100", "yellow"),
    (["failed", "passed", "failed"], "33.3 of 100, 2 broken", "red"),
]


@pytest.mark.parametrize(("outcomes", "message", "color"), CASES)
def test_badges(outcomes: list[OutcomeKind], message: str, color: str) -> None:
    blocks = [block(index=i, outcome=each, kind="runnable") for i, each in enumerate(outcomes)]
    health = build_health(document(blocks))
    assert json.loads(badge_json(health)) == {
        "schemaVersion": 1,
        "label": "snippet health",
        "message": message,
        "color": color,
    }
    svg = ET.fromstring(badge_svg(health))
    assert svg.attrib["aria-label"] == f"snippet health: {message}"
    assert message in {each.text for each in svg.iter()}
    widths = [float(each.attrib["width"]) for each in svg.iter("{http://www.w3.org/2000/svg}rect")]
    assert widths[0] == widths[1] + widths[2]
