"""A site's switches and numbers: what this workplace allows, and whom to ring."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields

SWITCHES: Mapping[str, tuple[str, ...]] = {
    "may_call_on_day_off": ("manager_only", "no", "yes"),
    "may_say_when_back": ("no", "day", "day_and_time"),
    "gifts": ("share", "refuse", "declare"),
    "dating_customers": ("never", "ask_hr"),
    "check_neighbours": ("after_proof", "never"),
    "jurisdiction": ("none", "AU", "CA", "EU", "IE", "NZ", "UK", "US"),
}
"""Every switch with its values, the safe default first."""

OPTIONAL_TEXTS = ("legal_contact", "no_receipt_offer", "walk_offer", "unverified_help")
NUMBERS = ("work_number", "duty_phone", "emergency_number")
NEEDED = ("workplace", "emergency_number", "duty_phone", "work_number", "hours", "site_address")
"""What has no default: without them a site answers nothing but safety cards."""

# 555 01xx is kept free for stories: nobody answers it.
_FICTIONAL = re.compile(r"555\W?01\d\d\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What one site allows, and its numbers. Wording reads it as `policy.<field>`."""

    workplace: str
    work_number: str
    hours: str
    duty_phone: str
    emergency_number: str
    site_address: str
    who_is_told: str = "manager on duty"
    account_exceptions: str = "manager"
    may_call_on_day_off: str = "manager_only"
    may_say_when_back: str = "no"
    gifts: str = "share"
    dating_customers: str = "never"
    check_neighbours: str = "after_proof"
    jurisdiction: str = "none"
    safety_approved_by: str | None = None
    legal_contact: str | None = None
    no_receipt_offer: str | None = None
    walk_offer: str | None = None
    unverified_help: str | None = None

    def values(self) -> dict[str, str | None]:
        """Name to value, as wording sees it."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def missing(self) -> tuple[str, ...]:
        """The fields that must be set and are not."""
        return tuple(name for name in NEEDED if not getattr(self, name).strip())

    def fictional_numbers(self) -> tuple[str, ...]:
        """The fields whose number belongs to a story, so that nobody would answer."""
        return tuple(name for name in NUMBERS if _FICTIONAL.search(getattr(self, name)))

    def offers(self, jurisdiction: str) -> bool:
        """Whether a card written for `jurisdiction` may be shown at this site."""
        return jurisdiction in ("any", self.jurisdiction)
