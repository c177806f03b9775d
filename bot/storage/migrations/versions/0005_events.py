"""Remember for an hour which of Slack's events were taken, so that one that is sent again does its work once."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the list."""
    op.create_table(
        "events",
        sa.Column("workspace", sa.String(32), primary_key=True),
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
