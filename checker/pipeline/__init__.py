"""Checks a course from end to end: discover -> read -> check -> plan -> run -> judge.

Data flows through once and is never changed. Nothing here prints, and nothing decides the exit status.
"""

from checker.pipeline.checking import Checked, check, check_once, check_texts, plan
from checker.pipeline.options import Options, Progress

__all__ = ["Checked", "Options", "Progress", "check", "check_once", "check_texts", "plan"]
