"""Count how often a site was stored, and choices of a site apart from what changes answers."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the two counters."""
    op.add_column("sites", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("changes", sa.Column("choices", sa.Integer(), nullable=False, server_default="0"))
