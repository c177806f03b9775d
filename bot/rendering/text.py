"""What people wrote, as it stands in Markdown and beside a page's policy: never read as markup."""

import base64
import hashlib
import re

_MARKS = re.compile(r"([\\`*_\[\]<>&!#|~])")
_LEADING = re.compile(r"^(\d{1,9})(?=[.)])|^(?=[-+=])")


def literal(text: str) -> str:
    """The text on one line, as Markdown that shows it as it is."""
    marked = _MARKS.sub(r"\\\1", " ".join(text.split()))
    return _LEADING.sub(lambda found: f"{found[1] or ''}\\", marked, count=1)


def digest(text: str) -> str:
    """The source under which a Content-Security-Policy lets exactly this style or script in."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
