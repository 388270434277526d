import pytest

from checker.reporting.formats import results_in_pieces
from checker.reporting.health.build import build_health
from checker.reporting.health.formats import render_health
from checker.reporting.health.page.language import LANGUAGES
from checker.reporting.look import Look
from tests.reporting.hostile import hostile_course
from tests.reporting.rendering import results_of


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_check_writes_the_page_that_report_makes_of_its_results(lang: str) -> None:
    results = results_of(hostile_course())
    page = "".join(results_in_pieces("html", results, {}, Look(lang=lang)))
    assert page == render_health("html", build_health(results, [], {}), results, lang)
    assert f'<html lang="{lang}"' in page
