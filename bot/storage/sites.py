"""A workspace's sites, and which one each person chose, in the database."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, delete, func, select, update

from bot.domain.policy import Policy
from bot.domain.site import Site
from bot.services.ports import Taken
from bot.storage.tables import choices, sites
from bot.storage.writing import begin, bump, put, transaction


class StoredSites:
    """Sites by workspace; each write counts as a change of answers."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def all(self, workspace: str) -> Sequence[Site]:
        """Every site, by name. Raises NotKept."""
        with transaction(self._engine) as connection:
            rows = connection.execute(select(sites).where(sites.c.workspace == workspace)).all()
        return sorted(map(_site, rows), key=lambda site: (site.name, site.id))

    def save(self, *changed: Site) -> None:
        """Store sites, all of them or none. Raises NotKept, and Taken where one, or a channel of it, was meanwhile."""
        with transaction(self._engine) as connection:
            for site in changed:
                # Looked at behind the counter's lock, so that two sites cannot take one channel at once.
                bump(connection, site.workspace)
                if _takes(connection, site) or not _swap(connection, site):
                    raise Taken

    def remove(self, workspace: str, site: str) -> bool:
        """Forget a site, and who chose it, unless it is the last one; whether another is left. Raises NotKept."""
        others = select(func.count()).where(sites.c.workspace == workspace, sites.c.id != site)
        with transaction(self._engine) as connection:
            # Counted behind the counter's lock, so that two people cannot remove the last two at once.
            bump(connection, workspace)
            if not connection.execute(others).scalar_one():
                return False
            connection.execute(delete(sites).where(sites.c.workspace == workspace, sites.c.id == site))
            connection.execute(delete(choices).where(choices.c.workspace == workspace, choices.c.site == site))
        return True

    def choose(self, workspace: str, person: str, site: str) -> None:
        """Remember which site a person belongs to. Raises NotKept."""
        with transaction(self._engine) as connection:
            chosen = {"site": site, "at": datetime.now(UTC)}
            put(connection, choices, {"workspace": workspace, "person": person}, chosen)
            bump(connection, workspace, choice=True)

    def choices(self, workspace: str) -> Mapping[str, str]:
        """The site that each person chose. Raises NotKept."""
        chosen = select(choices.c.person, choices.c.site).where(choices.c.workspace == workspace)
        with transaction(self._engine) as connection:
            return {row.person: row.site for row in connection.execute(chosen)}


def _takes(connection: Connection, site: Site) -> bool:
    """Whether a site wants a channel that is new to it and that another has."""
    rows = connection.execute(select(sites.c.id, sites.c.channels).where(sites.c.workspace == site.workspace))
    held = {row.id: set(row.channels) for row in rows}
    new = set(site.channels) - held.pop(site.id, set())
    return any(new & channels for channels in held.values())


def _swap(connection: Connection, site: Site) -> bool:
    """Write a site over the version it was read with; False where that is no longer there."""
    values = {
        "name": site.name,
        "policy": site.policy.values(),
        "channels": list(site.channels),
        "hidden": sorted(site.hidden),
        "managers": sorted(site.managers),
        "version": site.version + 1,
    }
    if not site.version:
        return begin(connection, sites, {"workspace": site.workspace, "id": site.id, **values})
    here = (sites.c.workspace == site.workspace, sites.c.id == site.id, sites.c.version == site.version)
    return connection.execute(update(sites).where(*here).values(**values)).rowcount == 1


def _site(row: Row[Any]) -> Site:
    known = Policy.__dataclass_fields__
    return Site(
        workspace=row.workspace,
        id=row.id,
        name=row.name,
        policy=Policy(**{name: value for name, value in row.policy.items() if name in known}),
        channels=tuple(row.channels),
        hidden=frozenset(row.hidden),
        managers=frozenset(row.managers),
        version=row.version,
    )
