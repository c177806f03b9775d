"""Keep the turn in which a version was saved, and since when forms and choices of a site are there."""

from collections import defaultdict
from itertools import groupby

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the columns; earlier versions get their turns, up to 0, from their times and their numbers."""
    op.add_column("revisions", sa.Column("turn", sa.Integer(), nullable=False, server_default="0"))
    for table in ("drafts", "choices"):
        op.add_column(table, sa.Column("at", sa.DateTime(timezone=True)))
    _count_turns(op.get_bind())


def _count_turns(connection: sa.Connection) -> None:
    key = (sa.column("workspace", sa.String()), sa.column("playbook", sa.String()), sa.column("number", sa.Integer()))
    saved = sa.table("revisions", *key, sa.column("at", sa.DateTime(timezone=True)), sa.column("turn", sa.Integer()))
    rows = connection.execute(sa.select(saved).order_by(*key)).all()
    turns = defaultdict(list)
    for (workspace, playbook), versions in groupby(rows, lambda row: (row.workspace, row.playbook)):
        latest = None
        for row in versions:
            # A clock that was put back puts no version before an earlier number.
            latest = max(latest, row.at) if latest else row.at
            turns[workspace].append((latest, playbook, row.number))
    for workspace, found in turns.items():
        for turn, (_, playbook, number) in enumerate(sorted(found), start=1 - len(found)):
            here = (saved.c.workspace == workspace, saved.c.playbook == playbook, saved.c.number == number)
            connection.execute(sa.update(saved).where(*here).values(turn=turn))
