from checker.model import Lesson, Span
from checker.reporting.fingerprint import Fingerprints
from tests.reporting.courses import at, finding, lesson


def prints(where: Lesson, *places: Span, code: str = "XXX101") -> list[str]:
    fingerprints = Fingerprints(where)
    return [fingerprints.of(finding(each, code=code)) for each in places]


TEXT = "# Head\n\nfirst line\nsecond line\n\nfirst line\n"
HERE = lesson("a.mdx", TEXT)


def test_the_name_the_place_the_message_and_the_indentation_do_not_matter() -> None:
    there = lesson("b/other.mdx", "new\n\n\n" + TEXT.replace("first line", "   first   line"))
    assert prints(HERE, at(HERE, "first")) == prints(there, at(there, "first"))
    assert Fingerprints(HERE).of(finding(at(HERE, "first"), "took 3 s")) == prints(HERE, at(HERE, "first"))[0]


def test_the_rule_and_the_lines_do() -> None:
    made = {
        *prints(HERE, at(HERE, "first")),
        *prints(HERE, at(HERE, "second")),
        *prints(HERE, at(HERE, "first line\nsecond")),
        *prints(HERE, at(HERE, "first"), code="XXX102"),
    }
    assert len(made) == 4


def test_equal_lines_are_told_apart_by_their_order() -> None:
    first, second = prints(HERE, at(HERE, "first"), at(HERE, "first", nth=1))
    assert first != second
    assert prints(HERE, at(HERE, "first", nth=1)) == [first]


def test_a_long_span_is_known_by_its_beginning() -> None:
    long = lesson("a.mdx", "".join(f"line {i}\n" for i in range(100)))
    longer = lesson("a.mdx", long.text + "one more\n")
    assert prints(long, long.span(0, len(long.text))) == prints(longer, longer.span(0, len(longer.text)))


def test_where_there_are_no_lines_the_name_says_which() -> None:
    empty, other = lesson("a.mdx", ""), lesson("b.mdx", "")
    assert prints(empty, empty.span(0, 0)) != prints(other, other.span(0, 0))


def test_a_place_behind_the_end_and_half_a_character() -> None:
    odd = lesson("a.mdx", "\udcff")
    assert len(prints(odd, odd.span(0, 1), odd.span(1, 1))) == 2
