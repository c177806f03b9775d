"""Every saved version of every playbook, in the database: rows are added and never changed."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Engine, Row, Select, and_, func, insert, literal, select
from sqlalchemy.exc import IntegrityError

from bot.domain.revision import Kind, Revision
from bot.services.ports import Taken
from bot.storage.tables import approvals, revisions
from bot.storage.writing import bump, in_utc, transaction

NEWEST = 3
"""Versions of a playbook that are read with all the others; older ones on request."""
_KEY = ("workspace", "playbook", "number")
_COLUMNS = tuple(column.name for column in revisions.c if column.name != "turn")


class StoredRevisions:
    """Versions by workspace, playbook and number; approvals stand beside them."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, *added: Revision) -> None:
        """Store new versions, all of them or none. Raises Taken where a number exists, and NotKept."""
        with transaction(self._engine) as connection:
            # In one order, so that two of these never wait for each other.
            workspaces = sorted({revision.workspace for revision in added})
            turns = {workspace: bump(connection, workspace) for workspace in workspaces}
            for revision in added:
                row = {name: getattr(revision, name) for name in _COLUMNS}
                try:
                    connection.execute(insert(revisions).values(row | {"turn": turns[revision.workspace]}))
                except IntegrityError:
                    raise Taken from None

    def newest(self, workspace: str) -> Mapping[str, Sequence[Revision]]:
        """The last three versions by playbook, the newest first. Raises NotKept."""
        place = func.row_number().over(partition_by=revisions.c.playbook, order_by=revisions.c.number.desc())
        ranked = select(revisions, place.label("place")).where(revisions.c.workspace == workspace).subquery()
        last = select(ranked.c.playbook, ranked.c.number).where(ranked.c.place <= NEWEST).subquery()
        wanted = _all(workspace).join(
            last, and_(last.c.playbook == revisions.c.playbook, last.c.number == revisions.c.number)
        )
        found: dict[str, list[Revision]] = {}
        for revision in self._read(wanted):
            found.setdefault(revision.playbook, []).append(revision)
        return found

    def latest(self, workspace: str, most: int) -> Sequence[Revision]:
        """The versions that were saved last, of any playbook, the latest first. Raises NotKept."""
        # Not by the clock, which may be put back, and is another one in another process.
        return self._read(_all(workspace).order_by(revisions.c.turn.desc()).limit(most))

    def history(self, workspace: str, playbook: str) -> Sequence[Revision]:
        """Every version of one playbook, the newest first. Raises NotKept."""
        return self._read(_all(workspace).where(revisions.c.playbook == playbook))

    def approve(self, revision: Revision, by: str) -> bool:
        """Write down who approved a version; False where it needs none, has one, or is not there. Raises NotKept."""
        columns = [*(revisions.c[name] for name in _KEY), literal(by)]
        here = and_(*(revisions.c[name] == getattr(revision, name) for name in _KEY), revisions.c.needs)
        approval = insert(approvals).from_select([*_KEY, "person"], select(*columns).where(here))
        with transaction(self._engine) as connection:
            try:
                approved = connection.execute(approval.returning(approvals.c.number)).first() is not None
            except IntegrityError:
                return False
            if approved:
                bump(connection, revision.workspace)
        return approved

    def _read(self, wanted: Select[Any]) -> list[Revision]:
        with transaction(self._engine) as connection:
            rows = connection.execute(wanted.order_by(revisions.c.playbook, revisions.c.number.desc())).all()
        return [_revision(row) for row in rows]


def _all(workspace: str) -> Select[Any]:
    same = and_(*(approvals.c[name] == revisions.c[name] for name in _KEY))
    columns = (*(revisions.c[name] for name in _COLUMNS), approvals.c.person.label("approved_by"))
    both = select(*columns).select_from(revisions).outerjoin(approvals, same)
    return both.where(revisions.c.workspace == workspace)


def _revision(row: Row[Any]) -> Revision:
    found = {**row._mapping, "at": in_utc(row.at), "kind": Kind(row.kind)}  # noqa: SLF001 - its documented name
    return Revision(**found)
