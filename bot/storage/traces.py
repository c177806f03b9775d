"""What of people is kept, in every table of the database: found, forgotten when it is asked for, cleared with age."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import Column, ColumnElement, Connection, Engine, delete, select, union, update

from bot.domain.revision import FORGOTTEN
from bot.storage.tables import approvals, calls, choices, drafts, gaps, managers, metadata, revisions, sites
from bot.storage.writing import bump, transaction

_NAMES = {"versions": revisions.c.author, "approvals": approvals.c.person}
"""What stays, without a name."""
_ROWS = {
    "unsaved forms": drafts.c.person,
    "choices of a site": choices.c.person,
    "rights to edit": managers.c.person,
    "calls": calls.c.person,
}
"""What goes."""


class StoredTraces:
    """Everything that one database keeps of people."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def workspaces(self) -> frozenset[str]:
        """Those of which anything is kept. Raises NotKept."""
        found = union(*(select(table.c.workspace) for table in metadata.tables.values() if "workspace" in table.c))
        with transaction(self._engine) as connection:
            return frozenset(filter(None, connection.execute(found).scalars()))

    def forget(self, workspace: str, person: str) -> Mapping[str, int]:
        """Delete what is kept of somebody; versions and approvals stay, without a name. How much of what went.

        Raises NotKept.
        """
        found = {}
        with transaction(self._engine) as connection:
            bump(connection, workspace)
            bump(connection, workspace, choice=True)
            for name, column in _NAMES.items():
                nameless = update(column.table).where(*_whose(column, workspace, person)).values({column: FORGOTTEN})
                found[name] = connection.execute(nameless).rowcount
            for name, column in _ROWS.items():
                gone = delete(column.table).where(*_whose(column, workspace, person))
                found[name] = connection.execute(gone).rowcount
            return found | {"rights at a site": _leave_sites(connection, workspace, person)}

    def clear(self, now: datetime, keep: timedelta) -> Mapping[str, int]:
        """Delete the gaps, unsaved forms and choices of a site that are older than `keep`; how many of each.

        Those of before their age was kept begin to age now. Raises NotKept.
        """
        old = now - keep
        with transaction(self._engine) as connection:
            for table in (drafts, choices):
                connection.execute(update(table).where(table.c.at.is_(None)).values(at=now))
            left = connection.execute(delete(choices).where(choices.c.at < old).returning(choices.c.workspace))
            chosen = left.scalars().all()
            for workspace in sorted(set(chosen)):
                bump(connection, workspace, choice=True)
            counts = {
                name: connection.execute(delete(table).where(table.c.at < old)).rowcount
                for name, table in (("gaps", gaps), ("unsaved forms", drafts))
            }
        return counts | {"choices of a site": len(chosen)}


def _whose(column: Column[str], workspace: str, person: str) -> tuple[ColumnElement[bool], ...]:
    return column.table.c.workspace == workspace, column == person


def _leave_sites(connection: Connection, workspace: str, person: str) -> int:
    """Take somebody off the lists of those who keep a site; off how many."""
    rows = connection.execute(select(sites.c.id, sites.c.managers).where(sites.c.workspace == workspace)).all()
    found = {row.id: sorted({*row.managers} - {person}) for row in rows if person in row.managers}
    for site, left in found.items():
        here = (sites.c.workspace == workspace, sites.c.id == site)
        connection.execute(update(sites).where(*here).values(managers=left, version=sites.c.version + 1))
    return len(found)
