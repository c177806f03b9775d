"""What a site's switches and texts decide, in words that finish “where …”."""

from collections.abc import Mapping

_SWITCHES: Mapping[str, Mapping[str, str]] = {
    "may_call_on_day_off": {
        "manager_only": "only the manager calls a colleague on a day off",
        "no": "nobody calls a colleague on a day off",
        "yes": "anybody may call a colleague on a day off",
    },
    "may_say_when_back": {
        "no": "we do not say when a colleague is back",
        "day": "we may say the day a colleague is back",
        "day_and_time": "we may say the day and time a colleague is back",
    },
    "gifts": {
        "share": "gifts are shared with the team",
        "refuse": "gifts are refused",
        "declare": "gifts are declared to the manager",
    },
    "dating_customers": {"never": "staff never date customers", "ask_hr": "staff ask HR before they date a customer"},
    "check_neighbours": {
        "after_proof": "neighbours are asked after the proof of delivery",
        "never": "neighbours are never asked",
    },
    "jurisdiction": {"none": "no country's law is set"},
}
_TEXTS: Mapping[str, str] = {
    "legal_contact": "legal contact",
    "no_receipt_offer": "offer without a receipt",
    "walk_offer": "offer when no room is left",
    "unverified_help": "help without security checks",
}


def where(name: str, value: str | None) -> str:
    """One value of a switch, or whether an optional text of the policy is set, as in “gifts are refused”."""
    if name in _TEXTS:
        return f"{'a' if value else 'no'} {_TEXTS[name]} is set".replace("a offer", "an offer")
    return _SWITCHES.get(name, {}).get(value or "", f"the law of {value} holds")
