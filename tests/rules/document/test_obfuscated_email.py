"""What hosts put in the place of addresses is found in code, and nowhere else."""

import pytest

from checker.analysis.lesson import analyze
from checker.config import Config
from checker.reading.lesson import parse_lesson
from checker.rules.document import obfuscated_email
from tests.rules.courses import places


def found(text: str) -> list[str]:
    return places(obfuscated_email.check(analyze(parse_lesson("01.mdx", text)), Config()))


@pytest.mark.parametrize(
    "code",
    [
        "user@example.com",
        "[email, protected]",
        "emails[email] # protected",
        "@email.protected",
        "names = ['email protected']",
        "[email\nprotected]",
        "x = protected[email]",
    ],
)
def test_other_code_is_silent(code: str) -> None:
    assert found(f"```python\n{code}\n```\n") == []


def test_prose_is_silent() -> None:
    assert found("Pages say [email protected] where an address was, and `[email protected]`.\n") == []


@pytest.mark.parametrize("blank", [" ", "\xa0"])
def test_the_replacement_is_found_at_its_place(blank: str) -> None:
    replacement = f"[email{blank}protected]"
    text = f"- Connect:\n\n  ```bash\n  psql -h {replacement}\n\tssh {replacement} {replacement}\n  ```\n"
    assert found(text) == ["01.mdx:4:11-4:28", "01.mdx:5:6-5:23", "01.mdx:5:24-5:41"]


def test_so_is_the_address_that_it_links_to() -> None:
    text = '```html\n<a href="/cdn-cgi/l/email-protection#a1b2">[email\xa0protected]</a>\n```\n'
    assert found(text) == ["01.mdx:2:10-2:42", "01.mdx:2:44-2:61"]
