"""One workplace of a workspace: a shop, a hotel, a depot."""

from dataclasses import dataclass

from bot.domain.policy import Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Its name, the channels whose questions belong to it, its switches and numbers, and the playbooks it hides."""

    workspace: str
    id: str
    name: str
    policy: Policy
    channels: tuple[str, ...] = ()
    hidden: frozenset[str] = frozenset()
    managers: frozenset[str] = frozenset()
