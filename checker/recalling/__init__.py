"""What was understood of a lesson in an earlier run, looked up: `recall` says what it depends on."""

from checker.recalling.recall import Judgement, Recall, recalling

__all__ = ["Judgement", "Recall", "recalling"]
