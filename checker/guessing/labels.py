"""A course's words, in other languages, that label a fence as output of the code above it."""

from collections import Counter
from collections.abc import Iterator, Sequence

from checker.analysis.outputs import output_blocks
from checker.model import Lesson

# English and Russian are always understood. Longer ones come first.
_WORDS = (
    "salida esperada", "resultado esperado", "saída esperada", "résultat attendu", "erwartete ausgabe",
    "risultato atteso", "kết quả", "运行结果", "输出结果", "執行結果", "実行結果", "出力結果", "실행 결과",
    "salida", "resultados", "resultado", "saída", "sortie", "résultat", "ausgabe", "ergebnis", "uscita",
    "risultato", "wynik", "вивід", "çıktı", "输出", "结果", "輸出", "結果", "出力", "출력", "결과",
)  # fmt: skip
# One fence may have got the word by chance.
_SHOWN_BY = 2


def guess_labels(lessons: Sequence[Lesson]) -> tuple[tuple[str, ...], int]:
    """The labels above outputs, and their number; empty when hardly any output has one."""
    found = Counter(word for lesson in lessons for word in _labels(lesson))
    number = sum(found.values())
    return (tuple(sorted(found)), number) if number >= _SHOWN_BY else ((), 0)


def _labels(lesson: Lesson) -> Iterator[str]:
    known = output_blocks(lesson)
    for index, output in output_blocks(lesson, _WORDS).items():
        if output.label == "said" and (index not in known or known[index].label != "said"):
            above = lesson.text[lesson.blocks[index].span.end : lesson.blocks[output.block].span.start]
            yield next(each for each in _WORDS if each in above.casefold())
