"""A form that somebody is filling in: kept until it is saved or thrown away."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One person's unsaved change of one playbook.

    `base` is the number of the newest revision when the form was opened (0: none yet). `fields` are plain texts by
    field name, the names of Problem.field and of Slack's block_id.
    """

    workspace: str
    person: str
    playbook: str
    base: int
    fields: Mapping[str, str]
