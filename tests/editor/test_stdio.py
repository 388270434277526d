"""The command as an editor starts it: a process of its own, and nothing but the protocol on its streams."""

import os
from pathlib import Path

from checker.editor.stdio import take_stdio
from tests.editor.client import Process
from tests.sandboxes import needs_sandbox

LESSON = """# Frames

```python
import pandas as pd

df = pd.DataFrame({"a": [1]})
df["a"][0] = 5
print("word")
```
"""


@needs_sandbox
def test_a_whole_conversation(tmp_path: Path) -> None:
    with Process(tmp_path) as client:
        assert client.server["serverInfo"]["name"] == "coursecheck"
        uri = client.open(tmp_path / "a.mdx", "# Empty\n")
        assert client.diagnostics(uri) == []
        client.change(uri, LESSON, 2)
        [found] = client.diagnostics(uri, 2)
        assert found["code"] == "chained-assignment"
        document = {"textDocument": {"uri": uri}}
        context = {"diagnostics": [found]}
        [fix] = client.ask(
            "textDocument/codeAction", {**document, "range": found["range"], "context": context}
        )
        assert fix["edit"]["changes"][uri][0]["newText"] == 'df.loc[0, "a"]'
        hover = {**document, "position": found["range"]["start"]}
        assert "## Why" in client.ask("textDocument/hover", hover)["contents"]["value"]
        assert len(client.ask("textDocument/documentSymbol", document)) == 1
        [lens] = client.ask("textDocument/codeLens", document)
        assert client.ask("workspace/executeCommand", lens["command"])["outcome"] == "passed"
        assert "word" in client.ask("textDocument/hover", hover)["contents"]["value"]
    assert (client.process.returncode, client.errors) == (0, "")


def test_it_ends_when_the_editor_is_gone(tmp_path: Path) -> None:
    with Process(tmp_path) as client:
        client.diagnostics(client.open(tmp_path / "a.mdx", "# Tea\n"))
        client._left = True  # no goodbye: the stream just ends
    assert (client.process.returncode, client.errors) == (0, "")


def test_what_is_printed_goes_elsewhere() -> None:
    kept = [os.dup(number) for number in (0, 1, 2)]
    ours, theirs = os.pipe()
    errors, to_errors = os.pipe()
    os.dup2(theirs, 1)
    os.dup2(to_errors, 2)
    try:
        reader, writer = take_stdio()
        os.write(1, b"a library's word")
        writer.write(b"the protocol's")
        writer.close()
        reader.close()
        assert os.read(0, 1) == b""
    finally:
        for number, old in enumerate(kept):
            os.dup2(old, number)
            os.close(old)
        os.close(theirs)
        os.close(to_errors)
    assert os.read(ours, 100) == b"the protocol's"
    assert os.read(errors, 100) == b"a library's word"
    os.close(ours)
    os.close(errors)
