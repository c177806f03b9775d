"""Keep what managers write: versions, drafts, gaps, sites, and who may."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the tables behind the forms in Slack."""
    _revisions()
    _forms()
    _places()
    op.create_table("managers", _key("workspace"), _key("person"))
    op.create_table("rules", _key("workspace"), _must("second_person", sa.Boolean()))
    op.create_table("changes", _key("workspace"), _must("count", sa.Integer()))


def _revisions() -> None:
    op.create_table(
        "revisions",
        _key("workspace"),
        _key("playbook", 60),
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        _must("author", sa.String(32)),
        _must("at", sa.DateTime(timezone=True)),
        _must("note", sa.Text()),
        _must("kind", sa.String(20)),
        _must("text", sa.Text()),
        _must("needs", sa.Boolean()),
    )
    op.create_table(
        "approvals",
        _key("workspace"),
        _key("playbook", 60),
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        _must("person", sa.String(32)),
    )


def _forms() -> None:
    op.create_table(
        "drafts",
        _key("workspace"),
        _key("person"),
        _key("playbook", 60),
        _must("base", sa.Integer()),
        _must("fields", sa.Text()),
    )
    op.create_table(
        "gaps",
        _key("workspace"),
        _key("id"),
        _must("site", sa.String(60)),
        _must("text", sa.Text()),
        _must("at", sa.DateTime(timezone=True)),
        _must("state", sa.String(20)),
        _must("playbook", sa.String(60)),
    )
    op.create_index("gaps_open", "gaps", ["workspace", "state", "at"])


def _places() -> None:
    texts = ("name", "policy", "channels", "hidden", "managers")
    op.create_table("sites", _key("workspace"), _key("id", 60), *(_must(name, sa.Text()) for name in texts))
    op.create_table("choices", _key("workspace"), _key("person"), _must("site", sa.String(60)))


def _key(name: str, longest: int = 32) -> "sa.Column[str]":
    return sa.Column(name, sa.String(longest), primary_key=True)


def _must(name: str, kind: "sa.types.TypeEngine[Any]") -> "sa.Column[Any]":
    return sa.Column(name, kind, nullable=False)
