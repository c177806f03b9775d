"""PostgreSQL: how long anything may take there, set for each connection unless the address sets it otherwise."""

from typing import Any

import psycopg
from sqlalchemy import URL, Connection, Dialect, event
from sqlalchemy.pool import ConnectionPoolEntry

from bot.storage.parts import Parts

CONNECT = {
    "connect_timeout": 3,
    "keepalives": 1,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 2,
    "tcp_user_timeout": 5000,
}
"""Seconds to connect; seconds until a silent line is tried, and tried again; milliseconds until it is given up."""
LIMITS = {"lock_timeout": "2s", "statement_timeout": "3s", "idle_in_transaction_session_timeout": "10s"}
SLACK = 1.0
"""Seconds beyond its own limit for a statement after which a server that says nothing is given up."""
MIGRATION = 4_126_500_917
"""The lock that a migration holds; any number that nothing else in the database takes."""
MIGRATION_PATIENCE = "60s"

_OWN = ("client", "user", "database", "database user")
"""Where a setting comes from that an operator has chosen for Cuecard."""
_LIMIT = "SELECT set_config(name, %s, false) FROM pg_settings WHERE name = %s AND source <> ALL(%s)"
_ALLOWED = "SELECT setting::int FROM pg_settings WHERE name = 'statement_timeout'"


class Bounded(psycopg.Connection[Any]):
    """A connection on which nobody waits longer than `patience` seconds (None: for ever) for a word of the server.

    The server's own limits are of no use where the server, or the way to it, hangs.
    """

    patience: float | None = 3.0

    def __del__(self, *_: object) -> None:
        # The connections of a pool that nobody holds any more go with it, and are no leak to be warned of.
        self.close()

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:  # noqa: D102 - psycopg's own
        try:
            return super().wait(gen, interval, self.patience if timeout is None else timeout)
        except psycopg.OperationalError:
            if self.pgconn.transaction_status == psycopg.pq.TransactionStatus.ACTIVE:
                # An answer that nobody waits for any more must not be taken for the next one's.
                self.close()
            raise


def parts(url: URL) -> Parts:
    """The address and the limits for it; what the address says itself stands."""
    arguments = {name: value for name, value in CONNECT.items() if name not in url.query}
    return Parts(url, arguments, lambda engine: event.listen(engine, "do_connect", _open))


def _open(
    _dialect: Dialect, _entry: ConnectionPoolEntry, arguments: list[Any], named: dict[str, Any]
) -> psycopg.Connection[Any]:
    connection = Bounded.connect(*arguments, **named)
    try:
        # Not as options of the connection: a pooler such as PgBouncer refuses those.
        for name, limit in LIMITS.items():
            connection.execute(_LIMIT, (limit, name, list(_OWN)))
        (allowed,) = connection.execute(_ALLOWED).fetchone() or (0,)
        connection.commit()
    except psycopg.Error:
        connection.close()
        raise
    connection.patience = allowed / 1000 + SLACK if allowed else None
    return connection


def lock(connection: Connection) -> None:
    """Wait until no other process migrates, and then take as long as it takes."""
    driver: Any = connection.connection.dbapi_connection
    driver.patience = None
    connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
    connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{MIGRATION_PATIENCE}'")
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({MIGRATION})")
