"""The report in a real browser: it filters, obeys the keyboard, and nothing leaves it."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, CDPSession, expect

from checker.model import Need
from checker.reporting.build import build
from checker.reporting.document import Results
from checker.reporting.health.build import build_health
from checker.reporting.health.page.draw import draw
from checker.reporting.health.snapshot import snapshot
from tests.reporting.health.browser import Visit, started
from tests.reporting.health.documents import NOW, at_day, block, document, found
from tests.reporting.hostile import hostile_course

OPEN_ALL = "document.querySelectorAll('details').forEach((each) => { each.open = true })"
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1400, "height": 900}


def a_course() -> Results:
    """Three modules with one of everything that the page can show."""
    blocks = [
        block("m1/a.mdx", 0, seconds=0.2, stdout="12 rows\n", code="import pandas as pd\nprint('rows')"),
        block("m1/b.mdx", 0, "failed", stderr="a warning\n", code="frame.append(row)"),
        block("m1/b.mdx", 1, "skipped", reason="needs `x` from line 3"),
        block("m2/c.mdx", 0, "skipped", kind="needs-package", needs=(Need("package", "pyspark"),)),
        block("m2/c.mdx", 1, "skipped", kind="other-language", lang="sql", code="SELECT " + "1, " * 200),
        block("m2/d.mdx", 0, "skipped", kind="needs-service", needs=(Need("service", "kafka"),)),
    ]
    findings = [
        found("m1/b.mdx", 4, message="AttributeError: no append"),
        found("m2/c.mdx", 2, index=None, severity="warning", name="broken-link", code="REF102"),
        found("m2/d.mdx", 4, severity="info", name="undefined-name", code="PYT201"),
    ]
    titles: dict[str, str | None] = {
        "m1/a.mdx": "Кадры",
        "m1/b.mdx": "Rows",
        "m2/c.mdx": "Streams",
        "m2/d.mdx": "Topics",
        "m3/e.mdx": "Words only",
    }
    return document(blocks, findings, titles=titles)


def many_lessons() -> Results:
    """1,000 lessons in 50 modules, one in ten of them broken."""
    blocks, findings, titles = [], [], {}
    for number in range(1000):
        path = f"m{number // 20:02}/{number:04}.mdx"
        titles[path] = f"Lesson {number} on frames, streams and {'joins' if number % 3 else 'topics'}"
        for index in range(8):
            broken = number % 10 == 0 and index == 3
            code = f"rows_{number} = {index}\nprint(rows_{number})\n" * 4
            blocks.append(block(path, index, "failed" if broken else "passed", code=code))
            if broken:
                findings.append(found(path, 34, index=3))
    return document(blocks, findings, titles=titles)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with started() as made:
        yield made


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("reports")
    course = a_course()
    before = snapshot(document(course.blocks, course.findings[1:], run=at_day(1)))
    hostile = build(hostile_course(), NOW)
    pages = {
        "course": draw(build_health(course, [before]), course, "en"),
        "russian": draw(build_health(course, [before]), course, "ru"),
        "hostile": draw(build_health(hostile), hostile, "en"),
        "many": draw(build_health(many := many_lessons()), many, "en"),
    }
    for name, page in pages.items():
        (folder / f"{name}.html").write_text(page, encoding="utf-8")
    return {name: folder / f"{name}.html" for name in pages}


@pytest.fixture
def visit(browser: Browser, files: dict[str, Path]) -> Iterator[Visit]:
    """The small course at a desk; whatever the page complained of fails the test."""
    with browser.new_context(viewport=DESK) as context:  # type: ignore[arg-type]
        made = Visit(context.new_page(), files["course"])
        yield made
        assert made.complaints == []


def test_the_search_shows_what_it_finds(visit: Visit) -> None:
    page = visit.page
    expect(page.locator("#shown")).to_have_text("5 of 5 shown")
    page.fill("#search", "append")
    expect(page.locator("#shown")).to_have_text("1 of 5 shown")
    visit.shows("Rows")
    page.fill("#search", "КАДРЫ pandas")
    expect(page.locator("#shown")).to_have_text("1 of 5 shown")
    visit.shows("Кадры")
    page.fill("#search", "nowhere")
    expect(page.locator("#none")).to_be_visible()
    page.press("#search", "Escape")
    expect(page.locator("#shown")).to_have_text("5 of 5 shown")
    expect(page.locator("#none")).to_be_hidden()


def test_the_filter_by_keyboard_alone(visit: Visit) -> None:
    page = visit.page
    page.keyboard.press("/")
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.type("/")
    expect(page.locator("#search")).to_have_value("/")
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#shown")).to_have_text("1 of 5 shown")
    visit.shows("Rows")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("details.lesson[open] h3")).to_have_text("Rows")


def test_the_map_by_keyboard(visit: Visit) -> None:
    page = visit.page
    page.locator("#map a").first.focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft", "ArrowDown", "ArrowUp", "End", "Home", "ArrowDown"):
        page.keyboard.press(key)
    focused = "document.activeElement.querySelector('title').textContent"
    assert page.evaluate(focused).startswith("Streams")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("a")
    assert page.evaluate(focused).startswith("Rows")
    # The map is one stop: the next is beyond it.
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#map')") is None
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator("details.lesson[open] h3")).to_have_text("Rows")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_a_link_opens_a_lesson_even_when_it_is_filtered_out(visit: Visit) -> None:
    page = visit.page
    page.fill("#search", "streams")
    expect(page.locator("#shown")).to_have_text("1 of 5 shown")
    page.locator("section:has(#h-mend) a").first.click()
    expect(page.locator("details.lesson[open] h3")).to_have_text("Rows")
    expect(page.locator("details.lesson[open] pre.code").first).to_be_in_viewport()
    expect(page.locator("#search")).to_have_value("")
    page.locator("details.lesson[open] > summary").click()
    page.locator("section:has(#h-mend) a").first.click()  # the same once more
    expect(page.locator("details.lesson[open] h3")).to_have_text("Rows")


def test_a_rule_is_searched_for(visit: Visit) -> None:
    visit.page.locator("section:has(#h-rules) a", has_text="broken-link").click()
    expect(visit.page.locator("#shown")).to_have_text("1 of 5 shown")
    visit.shows("Streams")
    expect(visit.page.locator("#search")).to_be_focused()


def test_the_skip_link_is_the_first_stop(visit: Visit) -> None:
    visit.page.keyboard.press("Tab")
    visit.page.keyboard.press("Enter")
    expect(visit.page.locator("#lessons")).to_be_in_viewport()


def test_on_paper_what_needs_work_is_open(visit: Visit) -> None:
    page = visit.page
    page.evaluate(
        "addEventListener('beforeprint', () => { window.printed = "
        "[...document.querySelectorAll('details.lesson[open] h3')].map((each) => each.textContent) })"
    )
    assert page.pdf().startswith(b"%PDF")
    assert page.evaluate("window.printed") == ["Rows"]
    expect(page.locator("details.lesson[open]")).to_have_count(0)
    page.emulate_media(media="print")
    expect(page.locator("form.filter")).to_be_hidden()


def test_without_scripts_everything_is_there(browser: Browser, files: dict[str, Path]) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(files["course"].as_uri())
        lesson = page.locator("details.lesson", has=page.locator("h3", has_text="Rows"))
        lesson.locator("summary").click()
        expect(lesson.locator("pre.code").first).to_contain_text("frame.append(row)")


def test_hostile_text_does_nothing(browser: Browser, files: dict[str, Path]) -> None:
    with browser.new_context() as context:
        visit = Visit(context.new_page(), files["hostile"])
        visit.page.evaluate(OPEN_ALL)
        visit.page.wait_for_timeout(200)
        assert visit.page.locator("img, iframe").count() == 0
        assert visit.page.title().startswith("Snippet health")
        assert visit.complaints == []


def test_the_policy_stops_what_is_not_ours(browser: Browser, files: dict[str, Path]) -> None:
    with browser.new_context() as context:
        visit = Visit(context.new_page(), files["course"])
        visit.page.evaluate(
            "document.body.insertAdjacentHTML('beforeend', "
            "`<img src='https://example.com/x.png' onerror='window.ran = 1'><b style='color:red'>x</b>`)"
        )
        visit.page.wait_for_timeout(200)
        assert visit.page.evaluate("window.ran") is None
        refused = [each for each in visit.complaints if "Content Security Policy" in each]
        assert len(refused) >= 2
        assert visit.failed == ["https://example.com/x.png: csp"]


@pytest.mark.parametrize("name", ["course", "russian", "hostile", "many"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_nothing_is_wider_than_the_window(
    browser: Browser, files: dict[str, Path], name: str, size: dict[str, int]
) -> None:
    with browser.new_context(viewport=size) as context:  # type: ignore[arg-type]
        visit = Visit(context.new_page(), files[name])
        visit.page.evaluate(
            "[...document.querySelectorAll('details')].slice(0, 30).forEach((each) => { each.open = true })"
        )
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        assert visit.complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_an_accessibility_checker_finds_nothing(
    browser: Browser, files: dict[str, Path], scheme: str, size: dict[str, int]
) -> None:
    options: Any = {"viewport": size, "color_scheme": scheme, "bypass_csp": True}
    with browser.new_context(**options) as context:
        for name in ("course", "russian"):
            page = context.new_page()
            page.goto(files[name].as_uri())
            page.evaluate(OPEN_ALL)
            violations = Axe().run(page).response["violations"]
            told = [(each["id"], [node["html"] for node in each["nodes"]][:3]) for each in violations]
            assert told == []


# Sets each word letter by letter, slowly enough that every letter filters, and returns how long each frame
# took. A blank word sets nothing: it shows what the frames alone cost.
TYPE_AND_MEASURE = """async (words) => {
  const search = document.getElementById('search');
  const frames = [];
  let last = performance.now(), on = true;
  const tick = (now) => { frames.push(now - last); last = now; if (on) requestAnimationFrame(tick); };
  requestAnimationFrame(tick);
  for (const word of words) {
    for (let i = 1; i <= word.length; i++) {
      if (word.trim()) {
        search.value = word.slice(0, i);
        search.dispatchEvent(new Event('input'));
      }
      await new Promise((next) => setTimeout(next, 150));
    }
  }
  on = false;
  return frames.slice(2);
}"""
WORDS = ["topics", "joins 77", "passed", "lesson 777"]
FRAME = 1000 / 60  # milliseconds


def test_filtering_a_thousand_lessons_drops_few_frames(browser: Browser, files: dict[str, Path]) -> None:
    with browser.new_context(viewport=DESK) as context:  # type: ignore[arg-type]
        visit = Visit(context.new_page(), files["many"])
        visit.page.wait_for_timeout(1_500)
        visit.page.locator("#search").focus()
        session = context.new_cdp_session(visit.page)
        # The time of the page's own thread: other work on the machine does not lengthen it like the clock's.
        session.send("Performance.enable", {"timeDomain": "threadTicks"})
        letters = len("".join(WORDS))
        began = busy(session)
        frames: list[float] = visit.page.evaluate(TYPE_AND_MEASURE, WORDS)
        typed = busy(session)
        visit.page.evaluate(TYPE_AND_MEASURE, [" " * letters])
        idle = busy(session) - typed
        assert (typed - began - idle) / letters < 2 * FRAME  # of the nine or so between two letters
        if os.getloadavg()[0] < (os.cpu_count() or 1):
            assert sum(frame > 1.5 * FRAME for frame in frames) / len(frames) < 0.1
        expect(visit.page.locator("details.lesson:not([hidden])")).to_have_count(1)
        assert visit.complaints == []


def busy(session: CDPSession) -> float:
    """The milliseconds that the page has worked."""
    metrics = session.send("Performance.getMetrics")["metrics"]
    return 1000 * next(float(each["value"]) for each in metrics if each["name"] == "TaskDuration")
