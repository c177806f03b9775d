"""What Slack says no with: a code, and for forms and blocks the sentences that point at the fault."""

from typing import Any


class ApiError(Exception):
    """A call that Slack refuses; `messages` say where it is wrong, in Slack's own form."""

    def __init__(self, code: str, *messages: str) -> None:
        super().__init__(code)
        self.code = code
        self.messages = messages

    def body(self) -> dict[str, Any]:
        """The answer as Slack gives it."""
        found: dict[str, Any] = {"ok": False, "error": self.code}
        if self.messages:
            found["response_metadata"] = {"messages": [f"[ERROR] {message}" for message in self.messages]}
            if self.code == "invalid_blocks":
                found["errors"] = list(self.messages)
        return found


class RateLimited(ApiError):
    """Too many calls; Slack answers 429 and says after how many seconds to come back."""

    def __init__(self, seconds: int) -> None:
        super().__init__("ratelimited")
        self.seconds = seconds
