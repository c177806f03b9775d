"""The tables, as SQLAlchemy sees them; every row belongs to one workspace."""

from sqlalchemy import Boolean, Column, DateTime, Index, Integer, MetaData, String, Table

from bot.storage.types import Exact, Readable

metadata = MetaData()


def _workspace() -> Column[str]:
    return Column("workspace", String(32), primary_key=True)


def _playbook() -> Column[str]:
    return Column("playbook", String(60), primary_key=True)


calls = Table(
    "calls",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("workspace", String(32), nullable=False),
    Column("person", String(32), nullable=False),
    Column("playbook", String(60), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("site", Readable, nullable=False),
    Column("held_until", DateTime(timezone=True)),
    Index("calls_at", "at"),
)
revisions = Table(
    "revisions",
    metadata,
    _workspace(),
    _playbook(),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("author", String(32), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("note", Readable, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("text", Readable, nullable=False),
    Column("needs", Boolean, nullable=False),
    Column("turn", Integer, nullable=False, server_default="0"),
)
approvals = Table(
    "approvals",
    metadata,
    _workspace(),
    _playbook(),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("person", String(32), nullable=False),
)
drafts = Table(
    "drafts",
    metadata,
    _workspace(),
    Column("person", String(32), primary_key=True),
    _playbook(),
    Column("base", Integer, nullable=False),
    Column("fields", Exact, nullable=False),
    Column("at", DateTime(timezone=True)),
)
gaps = Table(
    "gaps",
    metadata,
    _workspace(),
    Column("id", String(32), primary_key=True),
    Column("site", String(60), nullable=False),
    Column("text", Readable, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("state", String(20), nullable=False),
    Column("playbook", String(60), nullable=False),
    Index("gaps_open", "workspace", "state", "at"),
)
sites = Table(
    "sites",
    metadata,
    _workspace(),
    Column("id", String(60), primary_key=True),
    Column("name", Readable, nullable=False),
    Column("policy", Exact, nullable=False),
    Column("channels", Exact, nullable=False),
    Column("hidden", Exact, nullable=False),
    Column("managers", Exact, nullable=False),
    Column("version", Integer, nullable=False),
)
choices = Table(
    "choices",
    metadata,
    _workspace(),
    Column("person", String(32), primary_key=True),
    Column("site", String(60), nullable=False),
    Column("at", DateTime(timezone=True)),
)
events = Table(
    "events",
    metadata,
    _workspace(),
    Column("id", String(64), primary_key=True),
    Column("at", DateTime(timezone=True), nullable=False),
)
managers = Table("managers", metadata, _workspace(), Column("person", String(32), primary_key=True))
rules = Table("rules", metadata, _workspace(), Column("second_person", Boolean, nullable=False))
changes = Table(
    "changes",
    metadata,
    _workspace(),
    Column("count", Integer, nullable=False),
    Column("choices", Integer, nullable=False),
)
