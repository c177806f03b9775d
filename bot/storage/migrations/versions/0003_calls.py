"""Keep the site of a call for the boss, and no call that was told."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Forget the calls that were told; calls that wait have no site yet."""
    op.execute("DELETE FROM calls WHERE told_at IS NOT NULL")
    op.drop_index("calls_untold", "calls")
    with op.batch_alter_table("calls") as calls:
        calls.drop_column("told_at")
        calls.add_column(sa.Column("site", sa.Text(), nullable=False, server_default=""))
    op.create_index("calls_at", "calls", ["at"])
