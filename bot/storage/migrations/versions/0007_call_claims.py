"""Write down until when a process is telling a call, so that no other tells it too."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the time; calls that wait are free."""
    op.add_column("calls", sa.Column("held_until", sa.DateTime(timezone=True)))
