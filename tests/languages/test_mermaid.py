"""Flowcharts and sequences of Mermaid. Mermaid 11 draws what is silent here, and refuses the rest."""

import pytest

from checker.languages import mermaid


@pytest.mark.parametrize(
    "text",
    [
        'graph\n  A["K (b)"] -->|"x (y)"| B{{"c"}}\n  C[("d (e)")] -- f (g) --> H(["i"])',
        "graph\n  A[one<br/>two: 100%] --> B[[c]] ==> C((d)) -.-> D{e?}",
        "graph\n  F(((g))) --> H>i]",
        "graph\n  A[one\n  two] -->\n  B[/c/] --> D[\\e\\]\n  B .->|x| C",
        'graph\n  A["`**b** (c)\n  d`"] --> ending[x]\n  subgraph S ["T (u)"]\n  B\n  end',
        "graph\n  A --> end1[B]\n  A --text--> B\n  A --o B --x C <--> D ~~~ E",
        "sequenceDiagram\n  actor U as User (me)\n  U->>+K: a (b",
        "sequenceDiagram\n  K-->>U: c\n  Note over U,K: d",
        "sequenceDiagram\n  box Group\n  participant A\n  end\n  A->>A: b",
        "sequenceDiagram\n  A-xB: c\n  A-)B: d\n  A ->> B : e",
        "sequenceDiagram\n  title A title\n  autonumber 10 5",
        "sequenceDiagram\n  create participant B\n  destroy B",
        "graph\n  A>b] --> C>d e]\n  F[g\n  h]\n  I",
        "stateDiagram-v2\n  [*] --> A : b -> c {\n  state D {\n  E --> F\n  --\n  G --> H\n  }\n  A => I",
        "stateDiagram\n  note right of A\n  b -> c\n  {\n  end note\n  note left of A : d -> e",
        "classDiagram\n  class A {\n  +b() Map~c, d~ }\n  A <|-- E : f -> g",
        'classDiagram\n  note "h -> i {"\n  class J["k {"]',
        "classDiagram\n  namespace A {\n  class B {\n  +c\n  }\n  }\n  A..>B",
        'erDiagram\n  A ||--o{ B : has\n  C }|..|{ D : "e f"\n  G {\n  int h PK "i {"\n  }\n  J-K |o--|| L:m',
        'pie showData\n  title a "b" 5\n  "c" : 1.5',
    ],
)
def test_it_is_drawn(text: str) -> None:
    assert list(mermaid.parse(text)) == []


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("flowchart LR\n  A[K (b)] --> C\n", "(", "text of a node"),
        ("flowchart LR\n  A -->|x (y)| B\n", "(", "text of an edge"),
        ("graph LR\n  A{b [c]}\n", "[", "in double quotes"),
        ('graph LR\n  A[say "b"]\n', '"', "#quot;"),
        ("graph LR\n  A[b|c]\n", "|", "in double quotes"),
        ("graph LR\n  A(b] --> C\n", "(", "is not closed by `)`"),
        ("graph LR\n  A[[b] --> C\n", "[[", "is not closed by `]]`"),
        ("graph LR\n  A[b --> C\n", "[", "never closed"),
        ("graph LR\n  A --> B]\n  C --> D", "]", "closes nothing"),
        ("graph LR\n  A --> B[c]; D)", ")", "closes nothing"),
        ("stateDiagram-v2\n  [*] -> A", "->", "write `-->`"),
        ("stateDiagram-v2\n  state A {\n  B --> C\n", "{", "never closed"),
        ("classDiagram\n  A => B", "=>", "write `-->`"),
        ("classDiagram\n  class A {\n  +b\n", "{", "never closed"),
        ("erDiagram\n  A --> B : c", "-->", "such as `||--o{`"),
        ("erDiagram\n  A ||--o{ B", "B", "needs a label"),
        ("erDiagram\n  A ||--o{ B : c d", "c d", "needs double quotes"),
        ("erDiagram\n  A {\n  int b\n  }\n  C {\n  int d\n", "{", "never closed"),
        ('pie\n  "a" : 40\n  "b" 60', "60", "a `:` is missing before this"),
        ("graph LR\n  A[b --> C\n  D[e]\n", "[", "never closed"),
        ("graph LR\n  A -->|b C\n", "|", "never closed"),
        ("graph LR\n  A -> B\n", "->", "write `-->`"),
        ("graph LR\n  A → B\n", "→", "write `-->`"),
        ("graph LR\n  A --> end\n", "end", "cannot be a node"),
        ("sequenceDiagram\n  A->>B\n", "A->>B", "after a colon"),
        ("sequenceDiagram\n  Note over A,B text\n", "Note over A,B text", "after a colon"),
    ],
)
def test_it_is_refused(text: str, place: str, words: str) -> None:
    (fault,) = mermaid.parse(text)

    assert text[fault.start : fault.end] == place
    assert words in fault.message
    assert fault.certain
