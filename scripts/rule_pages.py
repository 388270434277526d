"""Write docs/rules/ anew: a page for every rule and the index, from what the rules say of themselves."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from checker.reporting.rule_pages import rule_pages  # noqa: E402 the checker of this tree, not an installed one


def main() -> None:
    """Write every page, and remove those of rules that are gone."""
    folder = ROOT / "docs" / "rules"
    folder.mkdir(parents=True, exist_ok=True)
    pages = rule_pages()
    for old in folder.glob("*.md"):
        if old.name not in pages:
            old.unlink()
    for name, text in pages.items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
