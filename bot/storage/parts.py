"""What either kind of database gives for an engine."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import URL, Engine


@dataclass(frozen=True, slots=True)
class Parts:
    """An address as the driver takes it, more arguments for each connection, and what listens to an engine."""

    url: URL
    arguments: Mapping[str, Any]
    listen: Callable[[Engine], None]
