"""Words for output, seen above the fences that hold it."""

import pytest

from checker.guessing.labels import guess_labels
from checker.reading.lesson import parse_lesson


def guessed(*labels: str) -> tuple[tuple[str, ...], int]:
    text = "".join(f"```python\nprint(1)\n```\n\n{label}\n\n```\n1\n```\n\nMás.\n\n" for label in labels)
    return guess_labels([parse_lesson("a.md", text)])


@pytest.mark.parametrize(
    "labels",
    [
        (),
        ("Output:", "Вывод:"),
        ("Salida:",),
        ("La salida de la tienda", "Los resultados son buenos"),
        ("Fichero", "Fichero"),
    ],
)
def test_nothing_is_guessed(labels: tuple[str, ...]) -> None:
    assert guessed(*labels) == ((), 0)


def test_a_block_without_an_output_says_nothing() -> None:
    assert guess_labels([parse_lesson("a.md", "```python\nprint(1)\n```\n\nSalida\n")]) == ((), 0)


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (("**Salida**:", "Salida:"), (("salida",), 2)),
        (("**Salida esperada:**", "Resultado:", "Salida"), (("resultado", "salida", "salida esperada"), 3)),
        (("输出：", "运行结果："), (("输出", "运行结果"), 2)),
        (("出力:", "実行結果:"), (("出力", "実行結果"), 2)),
        (("Saída:", "Sortie :", "Ausgabe:"), (("ausgabe", "saída", "sortie"), 3)),
    ],
)
def test_what_stands_above_outputs_is_a_label(
    labels: tuple[str, ...], expected: tuple[tuple[str, ...], int]
) -> None:
    assert guessed(*labels) == expected
