"""The words of JavaScript and JSX: the patterns of their tokens, and the names that are not free."""

import re

# JavaScript's white space is not Python's: U+FEFF belongs to it, U+0085 and U+001C to U+001F do not.
_BLANK = r"[ \t\v\f\xa0\ufeff\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+"
# ID_Start and ID_Continue of Unicode, near enough: `\w` lacks only the combining marks.
_LETTER = r"[^\W\d]|\$|\\u(?:[0-9a-fA-F]{4}|\{[0-9a-fA-F]+\})"
_NAME = rf"(?:{_LETTER})(?:{_LETTER}|[\d\u0300-\u036f\u200c\u200d])*+"
_NUMBER = (
    r"0[xX][0-9a-fA-F_]+n?|0[bB][01_]+n?|0[oO][0-7_]+n?"
    r"|(?:[0-9][0-9_]*(?:\.[0-9_]*)?|\.[0-9][0-9_]*)(?:[eE][+-]?[0-9][0-9_]*)?n?"
)
_STRING = r""" "(?:[^"\\]|\\.)*+" | '(?:[^'\\]|\\.)*+' """
_PUNCTUATORS = (
    ">>>= ... === !== **= <<= >>= >>> &&= ||= ??= => == != <= >= && || ?? ++ -- += -= *= /= %= &= |= ^= "
    "<< >> ** { } ( ) [ ] ; , < > + - * / % & | ^ ! ~ ? : = . @"
).split()
_PUNCTUATOR = r"\?\.(?![0-9])|" + "|".join(re.escape(each) for each in _PUNCTUATORS)

TOKEN = re.compile(
    rf"""(?P<blank>{_BLANK}|//.*)
    |(?P<comment>/\*)
    |(?P<name>{_NAME})
    |(?P<private>\#(?:{_NAME}))
    |(?P<number>{_NUMBER})
    |(?P<string>{_STRING})
    |(?P<open_string>["'])
    |(?P<template>`)
    |(?P<punctuator>{_PUNCTUATOR})""",
    re.VERBOSE,
)
REGEX = re.compile(r"/(?![*/])(?:[^\\/\[]|\\.|\[(?:[^\]\\]|\\.)*+\])++/[A-Za-z]*")
TAG_TOKEN = re.compile(
    rf"""(?P<blank>{_BLANK}|//.*)
    |(?P<comment>/\*)
    |(?P<name>(?:{_LETTER})(?:{_LETTER}|[-\d\u0300-\u036f\u200c\u200d])*+)
    |(?P<string>"[^"]*+"|'[^']*+')
    |(?P<open_string>["'])
    |(?P<punctuator>[/>=:.{{<])""",
    re.VERBOSE,
)
# Up to what ends or interrupts a template's text, or the text between two JSX tags.
TEMPLATE_TEXT = re.compile(r"(?:[^`\\$]|\\.|\\$|\$(?!\{))*+")
CHILD_TEXT = re.compile(r"[^{<>}]*+")

# Where a text that runs over the end of its line ends; escapes count in strings, not in JSX attributes.
COMMENT_END = re.compile(r"\*/")
CONTINUED_STRING = re.compile(r"""["'](?:[^\\]|\\.)*+\\$""")
STRING_ENDS = {
    '"': re.compile(r'(?:[^"\\]|\\.)*+"'),
    "'": re.compile(r"(?:[^'\\]|\\.)*+'"),
}

# An octal number of old, or a name that touches a number: neither is allowed in a module.
BAD_NUMBER = re.compile(r"0[0-9]")

CONSTANTS = frozenset({"this", "null", "true", "false"})
PREFIXES = frozenset({"typeof", "void", "delete", "await", "new"})
# Names that a module cannot use for its own (ECMAScript, strict mode).
RESERVED = frozenset(
    "break case catch class const continue debugger default do else enum export extends false finally for "
    "function if implements import in instanceof interface let new null package private protected public "
    "return static super switch this throw true try typeof var void while with yield await delete".split()
)
# After these a statement goes on with a value, so that a slash begins a regular expression and `<` a tag.
BEFORE_VALUE = frozenset(
    "return typeof void delete await new in instanceof of case do else throw yield default extends".split()
)
ASSIGNMENTS = frozenset(each for each in _PUNCTUATORS if each.endswith("=")) - {
    "==", "!=", "===", "!==", "<=", ">=",
}  # fmt: skip
BINARY = (
    frozenset("** * / % + - << >> >>> < > <= >= == != === !== & ^ | && || ??".split()) | ASSIGNMENTS
)
