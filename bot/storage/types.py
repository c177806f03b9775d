"""How texts are written, so that both databases take whatever a person can paste."""

import json
from typing import Any

from sqlalchemy import Dialect, Text
from sqlalchemy.types import TypeDecorator


class Readable(TypeDecorator[str]):
    """A text as it stands; the two characters that no database takes (null bytes, half surrogates) become marks."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002, D102
        return None if value is None else readable(value)


class Exact(TypeDecorator[Any]):
    """Lists, groups and texts as JSON in ASCII: whatever was typed comes back to the letter."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str:  # noqa: ARG002, D102
        return json.dumps(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ARG002, D102
        return json.loads(value or "null")


def readable(text: str) -> str:
    """A text without null bytes (PostgreSQL refuses them) and half surrogates (no file holds them)."""
    return text.replace("\x00", "\ufffd").encode("utf-8", "replace").decode()
