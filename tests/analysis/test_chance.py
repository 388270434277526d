"""What comes to something else each time."""

import pytest

from checker.analysis.chance import chances
from checker.analysis.lesson import analyze
from checker.reading.lesson import parse_lesson


def by_chance(*codes: str) -> list[list[int]]:
    lesson = parse_lesson("a.mdx", "\n\n".join(f"```python\n{code}\n```" for code in codes))
    return [sorted(each.statements) for each in chances(analyze(lesson)).values()]


@pytest.mark.parametrize(
    "code",
    [
        "import random\nx = 1",
        "import random\nrandom.seed(1)\nx = random.random()\nprint(x)",
        "import numpy as np\nrng = np.random.default_rng(42)\nrng.normal()",
        "import numpy as np\nnp.random.seed(1)\nnp.random.rand(2)\nnp.random.shuffle(x)",
        "random.seed(1)\nnp.random.seed(1)\nrandom.random() + np.random.rand()",
        "from random import seed\nseed(1)\nnp.random.rand()",
        "df.sample(2, random_state=1)",
        "df.id\nrow.time\nrow.home",
        "log.info('tea')",
        "from datetime import time\ntime(8, 30)",
        "def brew(:",
    ],
)
def test_nothing_is(code: str) -> None:
    assert by_chance(code) == [[]]


@pytest.mark.parametrize(
    ("code", "statements"),
    [
        ("import random\nx = random.random()\ny = 1\nx", [1, 3]),
        ("from random import choice\nchoice([1, 2])", [1]),
        ("import time\nbegan = time.time()\nprint(time.time() - began)", [1, 2]),
        ("x = datetime.now()\ny = x.year\nprint(1)", [0, 1]),
        ("pd.Timestamp('now')", [0]),
        ("def roll():\n    return randint(1, 6)\nroll()", [0, 1]),
        ("class Die:\n    value = randint(1, 6)\nDie()", [0, 1]),
        ("rolls = []\nrolls.append(randint(1, 6))\nrolls", [1, 2]),
        ("rolls = {}\nrolls['a'] = randint(1, 6)\nrolls", [1, 2]),
        ("np.random.default_rng().normal()", [0]),
        ("df.sample(2, random_state=1)\ndf.sample(2)", [1]),
        ("rng = np.random.default_rng(42)\nrandom.random()\nnp.random.rand(2)\nrng.normal()", [1, 2]),
        ("random.seed(1)\nnp.random.rand(2)\nrandom.random()", [1]),
        ("np.random.seed(1)\nrandom.random()\nnp.random.rand(2)", [1]),
        ("id(x)\nhash('a')", [0, 1]),
        ("pd.__version__", [0]),
        ("%time sum([1])\nx = 2", [0, 1]),
    ],
)
def test_these_are(code: str, statements: list[int]) -> None:
    assert by_chance(code) == [statements]


def test_a_session_remembers() -> None:
    assert by_chance("x = randint(1, 6)", "y = x + 1\nz = 2", "y") == [[0], [0], [0]]
    assert by_chance("random.seed(1)", "randint(1, 6)") == [[], []]


@pytest.mark.parametrize(
    ("code", "unordered"),
    [("x = [1]", False), ("x = {1, 2}", True), ("set(x)", True), ("Thread(target=f).start()", True)],
)
def test_lines_that_may_change_places(code: str, unordered: bool) -> None:
    lesson = parse_lesson("a.mdx", f"```python\n{code}\n```")
    assert chances(analyze(lesson))[0].unordered is unordered
