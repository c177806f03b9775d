"""One thing that is wrong with a playbook, said so that its author can mend it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Where it is wrong (file, field, 1-based line and column; 0 = the whole file) and one sentence on what to do."""

    file: str
    line: int
    column: int
    field: str
    sentence: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        return f"{place}: {self.field + ': ' if self.field else ''}{self.sentence}"


class Refused(Exception):
    """Input that cannot be used; carries every Problem found in it."""

    def __init__(self, problems: "tuple[Problem, ...]") -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems
