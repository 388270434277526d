"""Looks up what an earlier run found out about a lesson; `recall` says what it depends on."""

from checker.recalling.recall import Judgement, Recall, recalling

__all__ = ["Judgement", "Recall", "recalling"]
