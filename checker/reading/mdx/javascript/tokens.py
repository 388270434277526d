"""Tokens of JavaScript and JSX: their patterns, and reserved names."""

import re

from checker.patterns import regex

# JavaScript's white space includes U+FEFF but, unlike Python's, not U+0085 and U+001C to U+001F.
WHITE = r" \t\v\f\xa0\ufeff\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
# The same, built from Python's: compiling a class of so many signs takes three times as long.
BLANK = r"(?:[^\S\n\r\x1c-\x1f\x85]|\ufeff)"
# Roughly Unicode's ID_Start and ID_Continue: only European combining marks are included.
LETTER = r"[^\W\d]|\$"
CONTINUES_NAME = r"\d\u0300-\u036f\u200c\u200d"
_ESCAPED = r"\\u(?:[0-9a-fA-F]{4}|\{[0-9a-fA-F]+\})"
_NAME = rf"(?:{LETTER}|{_ESCAPED})(?>(?:{LETTER}|{_ESCAPED}|[{CONTINUES_NAME}])*)"
_NUMBER = (
    r"0[xX][0-9a-fA-F_]+n?|0[bB][01_]+n?|0[oO][0-7_]+n?"
    r"|(?:[0-9][0-9_]*(?:\.[0-9_]*)?|\.[0-9][0-9_]*)(?:[eE][+-]?[0-9][0-9_]*)?n?"
)
_ASSIGNMENTS = "= += -= *= **= /= %= &= |= ^= <<= >>= >>>= &&= ||= ??="
_OPERATORS = "** * / % + - << >> >>> < > <= >= == != === !== & ^ | && || ??"
_OTHERS = "{ } ( ) [ ] ; , ... => ++ -- ! ~ ? : . @"
_LONGEST_FIRST = sorted(f"{_ASSIGNMENTS} {_OPERATORS} {_OTHERS}".split(), key=len, reverse=True)
# `?.` in `a?.5:1` is a question mark and a number.
_PUNCTUATOR = r"\?\.(?![0-9])|" + "|".join(re.escape(each) for each in _LONGEST_FIRST)

TOKEN = regex(
    rf"""(?P<blank>{BLANK}+|//.*)
    |(?P<comment>/\*)
    |(?P<name>{_NAME})
    |(?P<private>\#{_NAME})
    |(?P<number>{_NUMBER})
    |(?P<string>"(?>(?:[^"\\]+|\\.)*)"|'(?>(?:[^'\\]+|\\.)*)')
    |(?P<open_string>["'])
    |(?P<template>`)
    |(?P<punctuator>{_PUNCTUATOR})""",
    re.VERBOSE,
)
REGEX = regex(r"/(?![*/])(?>(?:[^\\/\[]+|\\.|\[(?>(?:[^\]\\]+|\\.)*)\])+)/[A-Za-z]*")
TAG_TOKEN = regex(
    rf"""(?P<blank>{BLANK}+|//.*)
    |(?P<comment>/\*)
    |(?P<name>(?:{LETTER})(?>(?:{LETTER}|[-{CONTINUES_NAME}])*))
    |(?P<string>"[^"]*+"|'[^']*+')
    |(?P<open_string>["'])
    |(?P<punctuator>[/>=:.{{<])""",
    re.VERBOSE,
)
# Up to what ends or interrupts a template's text, or the text between two JSX tags.
TEMPLATE_TEXT = regex(r"(?>(?:[^`\\$]+|\\.|\\$|\$(?!\{))*)")
CHILD_TEXT = regex(r"[^{<>}]*+")

# The rest of tokens that continue over the end of a line; escapes apply in strings, not in JSX attributes.
COMMENT_REST = regex(r".*?\*/")
STRING_REST = {'"': regex(r'(?>(?:[^"\\]+|\\.)*)"'), "'": regex(r"(?>(?:[^'\\]+|\\.)*)'")}
ATTRIBUTE_REST = {'"': regex(r'[^"]*+"'), "'": regex(r"[^']*+'")}
# A string whose line ends in a backslash.
CONTINUED_STRING = regex(r"""["'](?>(?:[^\\]+|\\.)*)\\$""")
# A legacy octal number, which a module may not contain.
OLD_OCTAL = regex(r"0[0-9]")

ASSIGNMENTS = frozenset(_ASSIGNMENTS.split())
BINARY = ASSIGNMENTS.union(_OPERATORS.split())
CONSTANTS = frozenset({"this", "null", "true", "false"})
PREFIXES = frozenset({"typeof", "void", "delete", "await", "new"})
# Names that a module cannot declare (ECMAScript, strict mode).
_RESERVED = (
    "break case catch class const continue debugger default do else enum export extends false finally for "
    "function if implements import in instanceof interface let new null package private protected public "
    "return static super switch this throw true try typeof var void while with yield await delete"
)
RESERVED = frozenset(_RESERVED.split())
# After these words a value follows, so that a slash begins a regular expression and `<` a tag.
_BEFORE_VALUE = "case default do else extends in instanceof of return throw yield"
BEFORE_VALUE = PREFIXES.union(_BEFORE_VALUE.split())
