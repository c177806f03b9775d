"""The frames around the words: developers' templates, one a kind of reply."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.rendering.text import digest, literal
from bot.rendering.wording import escape, unescape

COMMAND = "/cue"


def lower_first(text: str) -> str:
    """The text with a small first letter, so that it may follow a colon."""
    return text[:1].lower() + text[1:]


class Frames:
    """The folder of templates, compiled as they are used and kept."""

    def __init__(self, folder: Path) -> None:
        # Frames are the developers' own, and what they print was escaped where it was rendered or is plain text.
        self._environment = Environment(  # noqa: S701
            loader=FileSystemLoader(folder),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._environment.filters["lower_first"] = lower_first
        self._environment.filters |= {"slack": escape, "unslack": unescape, "literal": literal, "digest": digest}
        self._environment.globals["command"] = COMMAND

    def render(self, name: str, **values: object) -> str:
        """The text of one frame, trimmed."""
        return self._environment.get_template(f"{name}.j2").render(values).strip()
