"""Courses to measure on: lessons of eight blocks that build on one another, the same from every seed.

Each lesson is written as `.mdx` as authors write it, as `.md` for tools that read only that, and as a notebook.
"""

# ruff: noqa: E501 the lines of the lessons are as long as lessons have them

import json
import random
from pathlib import Path

_FIRST = """import json

import pandas as pd

LEAVES = ["sencha", "assam", "mate"]

def order(number):
    return {{"id": number, "tea": LEAVES[number % 3], "cups": number % {most} + 1, "day": f"2026-01-{{number % 28 + 1:02d}}"}}

orders = [order(number) for number in range({count})]
len(orders)"""

_NEXT = (
    'table = pd.DataFrame(orders)\ntable["day"] = pd.to_datetime(table["day"])\nprint(len(table), "orders")\ntable.head()',
    'by_tea = table.groupby("tea", observed=True)["cups"].agg(["count", "sum", "mean"]).round(2)\nby_tea',
    'table["average"] = table["cups"].rolling({window}, min_periods=1).mean()\nprint(table[["id", "cups", "average"]].to_string(index=False))',
    'wide = table.pivot_table(index="tea", columns="cups", values="id", aggfunc="count").fillna(0)\nwide["all"] = wide.sum(axis=1)\nprint(wide)',
    'prices = pd.DataFrame({{"tea": LEAVES, "price": [4.5, 3.2, {price}]}})\nbill = table.merge(prices, on="tea", how="left", validate="m:1")\nassert bill["price"].notna().all()\nbill.sort_values(["price", "id"]).tail(3)',
    'text = json.dumps(orders[0])\nback = json.loads(text)\nif back["tea"] == "sencha":\n    print("green", back)\nelse:\n    print("another", back)',
    'mask = table["cups"] > table["cups"].median()\ntable.loc[mask, "size"] = "pot"\ntable["size"] = table["size"].fillna("cup")\ntable["size"].value_counts()',
)

_HEAD = """---
title: "Orders {number}"
description: "What the orders say"
order: {order}
difficulty: "beginner"
estimatedTime: 20
topics: ["tea", "tables"]
---"""
_PROSE = "The tea house writes down every order, and this lesson asks what the orders say about {what}. Look at the table first, then at the numbers, and only then at the reasons."


def write_course(folder: Path, lessons: int, seed: int = 1) -> None:
    """Write so many lessons below `folder`, in the three forms."""
    for form in ("mdx", "md", "ipynb"):
        (folder / form).mkdir(parents=True, exist_ok=True)
    for number in range(lessons):
        blocks = _blocks(random.Random(f"{seed}:{number}"))
        name = f"{number:04d}-orders"
        text = _text(number, blocks)
        (folder / "mdx" / f"{name}.mdx").write_text(text, encoding="utf-8")
        (folder / "md" / f"{name}.md").write_text(text, encoding="utf-8")
        (folder / "ipynb" / f"{name}.ipynb").write_text(_notebook(blocks), encoding="utf-8")


def _blocks(chance: random.Random) -> list[str]:
    values = {
        "most": chance.randint(3, 6),
        "count": chance.randint(8, 16),
        "window": chance.randint(2, 5),
        "price": round(chance.uniform(2, 6), 1),
    }
    later = [_NEXT[0], *chance.sample(_NEXT[1:], len(_NEXT) - 1)]
    return [block.format(**values) for block in (_FIRST, *later)]


def _text(number: int, blocks: list[str]) -> str:
    parts = [_HEAD.format(number=number, order=number % 20 + 1), f"# Orders {number}"]
    for step, block in enumerate(blocks, 1):
        parts += [f"## Step {step}", _PROSE.format(what=f"step {step}"), f"```python\n{block}\n```"]
    return "\n\n".join(parts) + "\n"


def _notebook(blocks: list[str]) -> str:
    cells = [
        {
            "cell_type": "code",
            "id": f"c{n}",
            "metadata": {},
            "execution_count": None,
            "outputs": [],
            "source": each,
        }
        for n, each in enumerate(blocks)
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return json.dumps(
        {"cells": cells, "nbformat": 4, "nbformat_minor": 5, "metadata": {"kernelspec": kernel}}
    )
