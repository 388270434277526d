"""What a terminal would show of what was printed."""

from checker.comparing.screen import as_seen, without_sizes


def test_colours_and_control_characters_are_not_seen() -> None:
    assert as_seen("\x1b[1;32mok\x1b[0m \x1b]0;title\x07!\x00") == "ok !"


def test_what_was_written_over_is_not_seen() -> None:
    assert as_seen("1 %\r50 %\r100 %\ndone\r\n\r\n") == "100 %\ndone\n\n"


def test_how_much_memory_it_takes_is_a_matter_of_the_machine() -> None:
    assert as_seen("a\nmemory usage: 1.2+ KB") == "a\nmemory usage:"


WRAPPED = """\
   first  second  \\
0      1       2
1      3       4

   third  \\
0      5
1      6

   fourth
0       7
1       8

end"""


def test_a_table_that_was_wrapped() -> None:
    rows = [line.split() for line in as_seen(WRAPPED).split("\n")]
    assert rows == [
        ["first", "second", "third", "fourth"],
        ["0", "1", "2", "5", "7"],
        ["1", "3", "4", "6", "8"],
        [],
        ["end"],
    ]


def test_what_only_looks_wrapped() -> None:
    text = "first \\\nsecond\n\nthird\n"
    assert as_seen(text) == text
    assert as_seen("one \\") == "one \\"


def test_sizes_count_when_both_have_them() -> None:
    assert without_sizes("a\n\n[5 rows x 2 columns]", "a\n") == ("a\n", "a\n")
    both = "[5 rows x 2 columns]", "[6 rows x 2 columns]"
    assert without_sizes(*both) == both
