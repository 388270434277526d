"""What is written in the place of an output or a claim that is not true, and where nothing is."""

from pathlib import Path

import pytest

from checker.fixing.course import fix
from checker.pipeline import Options, check
from tests.quiet import QUIET
from tests.sandboxes import needs_sandbox

pytestmark = needs_sandbox

MENDED = {
    "an output": (
        "```python\nprint('a', 1)\nprint('`b`')\n```\n\nOutput:\n\n```\na 2\nb\n```\n",
        "```python\nprint('a', 1)\nprint('`b`')\n```\n\nOutput:\n\n```\na 1\n`b`\n```\n",
    ),
    "in a list, with other line ends": (
        "- ```python\r\n  'a'\r\n  'b'\r\n  ```\r\n\r\n  Output:\r\n\r\n  ```\r\n  c\r\n  ```\r\n",
        "- ```python\r\n  'a'\r\n  'b'\r\n  ```\r\n\r\n  Output:\r\n\r\n  ```\r\n  'b'\r\n  ```\r\n",
    ),
    "claims": (
        "```python\nx = [1 + 1]\nx  # -> [3]\nlen(x)  # 2\nx[0] / 3  # -> 0.5 (a third)\n```\n",
        "```python\nx = [1 + 1]\nx  # -> [2]\nlen(x)  # 1\nx[0] / 3  # -> 0.5 (a third)\n```\n",
    ),
    "a dtype": (
        "```python\nimport pandas as pd\n\npd.Series(['a'])  # dtype: object\n```\n",
        "```python\nimport pandas as pd\n\npd.Series(['a'])  # dtype: str\n```\n",
    ),
}
LEFT = {
    "what only leaves lines out": "```python\nprint('a')\nprint('b')\n```\n\nOutput:\n\n```\nb\n```\n",
    "what is no more than likely": "```python\nprint('a')\nprint('b')\n```\n\n```\na\nc\n```\n",
    "an example": "```python\nprint('a')\n```\n\nSample output:\n\n```\nb\n```\n",
    "what chance decides": "```python\nimport uuid\nuuid.uuid4().int\n```\n\nOutput:\n\n```\nc\n```\n",
    "what is not printed": "```python\nx = 1\n```\n\nOutput:\n\n```\n1\n```\n",
    "what would close the fence": "```python\nprint('```')\n```\n\nOutput:\n\n```\na\n```\n",
    "what is coloured": "```python\nprint('\\x1b[1ma')\n```\n\nOutput:\n\n```\nb\n```\n",
    "what raises": "{/* check: raises=KeyError */}\n```python\n{}['b']\n```\n\nOutput:\n\n```\nb\n```\n",
    "a literal that is printed": "```python\nprint('a b')  # 'c d'\n```\n",
    "an exception": "```python\nint('3')  # -> ValueError\n```\n",
    "a claim of two lines": "```python\nprint('a')\n#> b\n#> c\n```\n",
}


def fixed(folder: Path, texts: dict[str, str]) -> dict[str, str]:
    """What a course of these lessons is after all its fixes, safe or not."""
    for number, text in enumerate(texts.values()):
        (folder / f"{number:02}.mdx").write_text(text, encoding="utf-8", newline="")
    fix(Options(paths=(str(folder),), select=("OUT",)), QUIET, unsafe=True, write=True)
    after = (each.read_bytes().decode() for each in sorted(folder.glob("*.mdx")))
    return dict(zip(texts, after, strict=True))


def test_what_was_printed_is_written(tmp_path: Path) -> None:
    mended = fixed(tmp_path, {name: before for name, (before, _) in MENDED.items()})
    assert mended == {name: after for name, (_, after) in MENDED.items()}


def test_the_rest_is_left(tmp_path: Path) -> None:
    assert fixed(tmp_path, LEFT) == LEFT


@pytest.mark.parametrize("name", LEFT)
def test_what_is_left_is_reported(name: str, tmp_path: Path) -> None:
    """Otherwise nothing was there to be mended."""
    (tmp_path / "a.mdx").write_text(LEFT[name], encoding="utf-8")
    (lesson,) = check(Options(paths=(str(tmp_path),), select=("OUT",)), QUIET).lessons
    assert [each.code for each in lesson.findings]
