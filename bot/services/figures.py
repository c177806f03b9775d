"""What is counted for whoever keeps Cuecard running: how often and how long, never who, where or what."""

from typing import Protocol


class Figures(Protocol):
    """Counts; nothing that reaches it was typed by anybody or names somebody."""

    def asked(self, decision: str, seconds: float) -> None:
        """A question was answered, so decided and after so long."""

    def edited(self, outcome: str) -> None:
        """Somebody wanted to save or approve a version of a playbook: it was saved, is wrong, or is a conflict."""

    def gap(self) -> None:
        """Somebody told that something is missing."""

    def called(self, *, told: bool) -> None:
        """A call for the boss was posted, or Slack did not take it."""

    def slack_refused(self, method: str, code: str) -> None:
        """Slack did not do what a method asks for, and says why with a code."""

    def refused(self, why: str) -> None:
        """A request was turned away, or a person who may not do what they tried."""


class _Nobody:
    """Counts nothing, for where nobody reads it."""

    def asked(self, decision: str, seconds: float) -> None:
        """Nothing."""

    def edited(self, outcome: str) -> None:
        """Nothing."""

    def gap(self) -> None:
        """Nothing."""

    def called(self, *, told: bool) -> None:
        """Nothing."""

    def slack_refused(self, method: str, code: str) -> None:
        """Nothing."""

    def refused(self, why: str) -> None:
        """Nothing."""


NOBODY = _Nobody()
"""Nobody counts."""
