"""The tables, as SQLAlchemy sees them; every row belongs to one workspace."""

from sqlalchemy import Column, DateTime, Index, MetaData, String, Table

metadata = MetaData()

calls = Table(
    "calls",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("workspace", String(32), nullable=False),
    Column("person", String(32), nullable=False),
    Column("playbook", String(60), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("told_at", DateTime(timezone=True)),
    Index("calls_untold", "told_at", "at"),
)
