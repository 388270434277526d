import pytest

from checker.reading.yaml_reader import read_yaml
from tests.reading.texts import place_in, told

# The frontmatter, the line and the characters that are pointed at, and what the author is told.
MISTAKES = [
    ("title: Kafka: the basics", 1, ":", 'a value with `: ` in it needs quotes: write title: "…"'),
    ("topics:\n- x: y: z", 2, ":", 'write x: "…"'),
    ("order: 1\n- x", 2, "-", "the key above has a value already"),
    ('title: "Kafka": basics', 1, ":", "text follows the closing quote"),
    ('title: "Kafka" rules', 1, "r", "text follows the closing quote"),
    ("title: 'It's'", 1, "s", "put it in quotes of the other kind"),
    ('title: "open\ndescription: "closed"\n', 1, '"', "this quote is not closed on its line"),
    ("a: 'open\nb:\n  - 'x'\n", 1, "'", "this quote is not closed on its line"),
    ("a: 'x'\nb: c: 'd\n", 2, ":", "needs quotes"),
    ("a: 'x\n  y' z\n", 2, "z", "text follows the closing quote"),
    ("title: 'open\norder: 1\n", 1, "'", "this quote is never closed"),
    ('title: "open\n--- x\n', 1, '"', "this quote is never closed"),
    ("topics: [a, b\norder: 1", 1, "[", "this `[` is not closed"),
    ("topics: {a: b\norder: 1", 1, "{", "this `{` is not closed"),
    ("a:\n\tb: 1", 2, "\t", "indent with spaces"),
    ("a: 1\n\tb: 2", 2, "\t", "indent with spaces"),
    ("a: |\n\tb", 2, "\t", "indent with spaces"),
    ("title: @kafka", 1, "@", "text that begins with @ needs quotes"),
    ("title: `code`", 1, "`", "text that begins with ` needs quotes"),
    ("title: %x", 1, "%", "text that begins with % needs quotes"),
    ("title: *important*", 1, "*", "put the text in quotes"),
    ("title: *important", 1, "*important", "text that begins with * needs quotes"),
    ("title: - a", 1, "-", "text that begins with `- ` needs quotes"),
    ("title: |text", 1, "|", "put this text in quotes"),
    ("title: !x!y z", 1, "!", "put the text in quotes"),
    ('path: "C:\\dir"', 1, "\\", "write the backslash twice"),
    ('path: "\\u12"', 1, "1", "hex digits"),
    ("a: 1\ndescription\nb: 2", 2, "d", "add the colon"),
    ("a: 1\n b: 2", 2, ":", "indented deeper than the lines it belongs to"),
    ("a:\n  - x\n b: 1", 3, "b", "indented like none of the lines above"),
    (" a: 1\nb: 2", 2, "b", "align the line with the first key"),
    ("- a\nb: c", 2, "b", "check the indentation"),
    ("%YAML 9.9\n---\n", 1, "%", "this is not YAML: found incompatible YAML document"),
]


@pytest.mark.parametrize(("text", "line", "place", "words"), MISTAKES)
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_mistakes_are_told_in_an_authors_words(
    text: str, line: int, place: str, words: str, ends: str
) -> None:
    text = "# 😀\n\n".replace("\n", ends) + text.replace("\n", ends)
    values = read_yaml(text, place_in(text))
    assert told(text, values.problems) == [("frontmatter-syntax", line + 2, place)]
    assert words in values.problems[0].message
