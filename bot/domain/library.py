"""Everything one workplace's folder of playbooks holds."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.domain.playbook import Phrases, Playbook
from bot.domain.policy import Policy
from bot.domain.problem import Problem

Places = Mapping[str, tuple[int, int]]
"""Field to the 1-based line and column where it stands in its file."""


@dataclass(frozen=True, slots=True)
class Told:
    """A situation as somebody told it, the playbook it belongs to, and in whose voice."""

    text: str
    playbook: str
    voice: str


@dataclass(frozen=True, slots=True)
class Library:
    """Playbooks by id, lists of phrases by id (safety cards, what nothing covers), policy, and what stands where.

    `texts` are the files of both kinds as they were written. `lent` names what the folder does not have and the shipped
    one stands in for: ids, and “situations”.
    """

    playbooks: Mapping[str, Playbook]
    phrases: Mapping[str, Phrases]
    policy: Policy
    situations: tuple[Told, ...] = ()
    places: Mapping[str, Places] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    lent: tuple[str, ...] = ()

    def entry(self, name: str) -> Phrases | None:
        """The playbook or the list of phrases of an id; None where there is none."""
        return self.playbooks.get(name) or self.phrases.get(name)

    def problem(self, entry: str, field_name: str, sentence: str) -> Problem:
        """A Problem of one file, placed where its field, or the nearest part around it, stands."""
        found, path = self.places.get(entry, {}), field_name
        while path and path not in found:
            path = path.rpartition(".")[0]
        line, column = found.get(path, (0, 0))
        return Problem(f"{entry}.yaml", line, column, field_name, sentence)
