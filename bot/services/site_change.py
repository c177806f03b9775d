"""What one form changes of a site, laid over the site as it is by then; what others changed meanwhile stays."""

import dataclasses
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.domain.policy import Policy
from bot.domain.site import Site
from bot.services.who_may import NotAllowed


@dataclass(frozen=True, slots=True)
class Place:
    """A site without its policy, as a form shows it or as it was filled in."""

    name: str
    channels: tuple[str, ...] = ()
    hidden: frozenset[str] = frozenset()
    managers: frozenset[str] = frozenset()


def mark(text: str | None) -> str:
    """A short mark of a text as it was drawn, by which a form knows whether it is still the same."""
    return hashlib.sha256((text or "").encode("utf-8", "replace")).hexdigest()[:12]


def marks(policy: Policy) -> dict[str, str]:
    """The mark of every field of a policy."""
    return {name: mark(value) for name, value in policy.values().items()}


def with_policy(site: Site, changed: Mapping[str, Any], drawn: Mapping[str, str]) -> Site:
    """The site with the changed fields. Raises NotAllowed where one of them is no longer as it was drawn."""
    now = marks(site.policy)
    moved = [name for name, value in changed.items() if now[name] not in (drawn.get(name), mark(value))]
    if moved:
        raise _changed_meanwhile(*moved)
    return dataclasses.replace(site, policy=dataclasses.replace(site.policy, **changed))


def with_place(site: Site, drawn: Place, wanted: Place) -> Site:
    """The site with what was added and taken out. Raises NotAllowed where both gave it a new name."""
    if wanted.name not in (drawn.name, site.name) and mark(site.name) != mark(drawn.name):
        raise _changed_meanwhile("name")
    name = site.name if wanted.name == drawn.name else wanted.name
    kept = [one for one in site.channels if one in wanted.channels or one not in drawn.channels]
    new = [one for one in wanted.channels if one not in (*drawn.channels, *kept)]
    return dataclasses.replace(
        site,
        name=name,
        policy=dataclasses.replace(site.policy, workplace=name),
        channels=(*kept, *new),
        hidden=site.hidden - (drawn.hidden - wanted.hidden) | (wanted.hidden - drawn.hidden),
        managers=site.managers - (drawn.managers - wanted.managers) | (wanted.managers - drawn.managers),
    )


def _changed_meanwhile(*names: str) -> NotAllowed:
    listed = ", ".join(name.replace("_", " ") for name in names)
    return NotAllowed(
        f"Somebody else changed this while your form was open: {listed}. Nothing of yours was saved. "
        "Open the form again, look at what stands there now, and change it if it is still wrong."
    )
