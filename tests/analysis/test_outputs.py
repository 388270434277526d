"""Which fence shows what the block above it prints."""

import pytest

from checker.analysis.outputs import OutputBlock, is_label, output_blocks, shown_text
from checker.reading.lesson import parse_lesson

BLOCK = "```python\nprint(1)\n```\n\n"


def output(between: str, fence: str = "```\n1\n```", own: tuple[str, ...] = ()) -> OutputBlock | None:
    return output_blocks(parse_lesson("a.mdx", f"{BLOCK}{between}\n\n{fence}\n"), own).get(0)


@pytest.mark.parametrize(
    "line",
    [
        "Print it",
        "Inputs",
        "Resulting rows",
        "Save the output to a file",
        "Output: the frame has two rows",
        "Вывод: используйте .loc",
        "The result is what we wanted.",
        "Выводы",
        "",
    ],
)
def test_no_label(line: str) -> None:
    assert not is_label(line)


@pytest.mark.parametrize(
    "line",
    [
        "Output",
        "output:",
        "Output :",
        "Expected output:",
        "The output is:",
        "Output (console):",
        "Output of the script:",
        "Result:",
        "Вывод:",
        "Вывод программы:",
        "Результат",
        "Результат выполнения (сокращён):",
        "Ожидаемый результат:",
        "Пример вывода:",
    ],
)
def test_a_label(line: str) -> None:
    assert is_label(line) is (line != "Пример вывода:")  # which only comes to it, in another case
    assert output(line) is not None


@pytest.mark.parametrize("line", ["This prints:", "The script will print:", "Программа выведет:"])
def test_a_sentence_that_comes_to_it(line: str) -> None:
    assert not is_label(line)
    found = output(line)
    assert found is not None
    assert found.label == "said"
    assert output(line, "```js\n1\n```") is None


def test_a_word_of_the_course() -> None:
    assert not is_label("Konsole:")
    assert is_label("Konsole:", ("Konsole",))
    found = output("**Konsole (C++):**", own=("Konsole",))
    assert found is not None
    assert found.label == "said"


@pytest.mark.parametrize(
    ("between", "fence"),
    [
        ("", "```bash\npython a.py\n```"),
        ("", "```sql\nSELECT 1\n```"),
        ("", "```python\nprint(2)\n```"),
        ("Output:", "```python\nprint(2)\n```"),
        ("The output goes to a file:", "```bash\ncat a\n```"),
        ("One line.\n\nOutput:", "```\n1\n```"),
        ("<Note>See.</Note>", "```\n1\n```"),
        ("{/* check: output=skip */}", "```output\n1\n```"),
        ("x" * 3_000, "```\n1\n```"),
    ],
)
def test_no_output(between: str, fence: str) -> None:
    assert output(between, fence) is None


@pytest.mark.parametrize(
    ("between", "fence", "label"),
    [
        ("", "```\n1\n```", "none"),
        ("Now look:", "```text\n1\n```", "none"),
        ("", "```output\n1\n```", "said"),
        ("", "```OUTPUT\n1\n```", "said"),
        ("Output:", "```bash\n1\n```", "said"),
        ("Output:", "```python\n[1]\n```", "said"),
        ("### Output", "```\n1\n```", "said"),
        ("> Output:", "> ```\n> 1\n> ```", "said"),
        ("<details><summary>Результат</summary>", "```\n1\n```\n\n</details>", "said"),
        ('<Tab title="Output">', "```\n1\n```\n\n</Tab>", "said"),
        ("", '```text title="Output"\n1\n```', "said"),
        ("{/* check: output=ellipsis */}", "```\n1\n```", "said"),
        ("{/* a remark */}\n\nResult:", "```\n1\n```", "said"),
        ("This gives the result:", "```\n1\n```", "said"),
    ],
)
def test_an_output(between: str, fence: str, label: str) -> None:
    found = output(between, fence)
    assert found is not None
    assert (found.block, found.of, found.label, found.exact, found.varies) == (1, 0, label, False, False)


@pytest.mark.parametrize("line", ["Sample output:", "Output (will vary):", "Примерный вывод:"])
def test_an_output_that_varies(line: str) -> None:
    found = output(line)
    assert found is not None
    assert found.varies


def test_commands_of_a_shell_are_not_shown() -> None:
    console, text = parse_lesson("a.md", "```console\n$ python a.py\n1\n```\n\n```text\n$ 5\n```\n").blocks
    assert shown_text(console) == "\n1"
    assert shown_text(text) == "$ 5"
