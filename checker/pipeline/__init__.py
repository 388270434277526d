"""The main job from end to end: discover -> read -> check -> plan -> run -> judge.

Data flows once through, frozen. What is found is returned; nothing here prints, and nothing decides what a
finding means for the exit status.
"""

from checker.pipeline.checking import Checked, check, check_once, check_texts, plan
from checker.pipeline.options import Options, Progress

__all__ = ["Checked", "Options", "Progress", "check", "check_once", "check_texts", "plan"]
