"""Sessions as terminals show them: where lines have a prompt, those without are output."""

from checker.patterns import regex

_PROMPT = regex(r"^[ \t]*(?:\([\w.-]+\)[ \t]*)?(?:[\w.-]+@[\w.-]+[:\w~/.-]*|~)?[ \t]*[$%❯➜][ \t]+(?=\S)")
# A prompt is short; lines may not be.
_LONGEST = 120
_CONTINUATION = regex(r"^[ \t]*>[ \t]")

# Programs that ask a server, whose answer follows.
_REQUEST = regex(r"[ \t]*(?:curl|http|https|wget)[ \t]")


def commands_only(text: str) -> str:
    """The text with blanks for prompts and output; as it is when nothing in it has a prompt."""
    lines = text.split("\n")
    if not any(_PROMPT.match(line[:_LONGEST]) for line in lines):
        return text
    kept = []
    goes_on = False
    for line in lines:
        found = _PROMPT.match(line[:_LONGEST]) or (_CONTINUATION.match(line) if goes_on else None)
        shown = line
        if found:
            shown = " " * found.end() + line[found.end() :]
        elif not goes_on:
            shown = " " * len(line)
        goes_on = shown.rstrip().endswith("\\")
        kept.append(shown)
    return "\n".join(kept)


def output_only(text: str) -> str:
    """The text with blanks for commands; as it is when it does not begin with one, or has nothing else."""
    lines = text.split("\n")
    first = next((line for line in lines if line.strip()), "")
    if not (_PROMPT.match(first[:_LONGEST]) or _REQUEST.match(first[:_LONGEST])):
        return text
    kept = []
    goes_on = False
    for line in lines:
        is_command = goes_on or line is first or _PROMPT.match(line[:_LONGEST]) is not None
        kept.append(" " * len(line) if is_command else line)
        goes_on = is_command and line.rstrip().endswith("\\")
    output = "\n".join(kept)
    return output if output.strip() else text
