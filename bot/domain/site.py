"""One workplace of a workspace: a shop, a hotel, a depot."""

from dataclasses import dataclass, field

from bot.domain.policy import Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Its name, the channels whose questions belong to it, its switches and numbers, and the playbooks it hides.

    `version` counts how often it was stored; 0 is a site that never was.
    """

    workspace: str
    id: str
    name: str
    policy: Policy
    channels: tuple[str, ...] = ()
    hidden: frozenset[str] = frozenset()
    managers: frozenset[str] = frozenset()
    version: int = field(default=0, compare=False)
