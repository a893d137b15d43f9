"""What the check of a register found, as it is stored with the file: counts, families, problems, duplicates."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field

SHOWN_FAMILIES = 50
WHOLE_FILE = "Plik"  # stands for the sheet of a problem with all of it
KEPT_PROBLEMS = 5_000  # a broken column gives one in each row


@dataclass(frozen=True)
class RegisterProblem:
    """A sentence about one cell, row (``column`` empty) or sheet (``row`` 0). A remark when it is no error.

    ``family``: the name of the family of the row, for the preview. ``files``: ids of families in whose files the
    person of the row may already be.
    """

    sheet: str
    row: int
    column: str
    text: str
    todo: str
    is_error: bool = True
    family: str = ""
    files: list[int] = field(default_factory=list)

    @property
    def place(self) -> str:
        """ "Osoby, wiersz 14, kolumna „PESEL”"."""
        row = f"wiersz {self.row}" if self.row else ""
        column = f"kolumna „{self.column}”" if self.column else ""
        return ", ".join(filter(None, (self.sheet, row, column)))


@dataclass(frozen=True)
class PreviewFamily:
    """A family that would be made. ``work``: "od 1.02.2024", or that none has begun."""

    row: int
    name: str
    address: str
    people: int
    work: str
    assistant: str


@dataclass
class Report:
    """What would be made, and what stands in its way."""

    counts: dict[str, int] = field(default_factory=dict)  # by Polish kind, three forms
    families: list[PreviewFamily] = field(default_factory=list)
    problems: list[RegisterProblem] = field(default_factory=list)

    @property
    def errors(self) -> list[RegisterProblem]:
        return [each for each in self.problems if each.is_error]

    @property
    def remarks(self) -> list[RegisterProblem]:
        return [each for each in self.problems if not each.is_error]

    def to_json(self) -> str:
        kept = sorted(self.problems, key=lambda each: not each.is_error)[:KEPT_PROBLEMS]
        return json.dumps(
            {
                "counts": self.counts,
                "families": [asdict(each) for each in self.families[:SHOWN_FAMILIES]],
                "problems": [asdict(each) for each in kept],
            },
            ensure_ascii=False,
        )

    @classmethod
    def from_json(cls, text: str) -> "Report":
        if not text:
            return cls()
        stored = json.loads(text)
        return cls(
            stored["counts"],
            [PreviewFamily(**each) for each in stored["families"]],
            [RegisterProblem(**each) for each in stored["problems"]],
        )


def group_by_row(problems: Iterable[RegisterProblem]) -> dict[tuple[str, int], list[RegisterProblem]]:
    """The problems by sheet and row."""
    groups: dict[tuple[str, int], list[RegisterProblem]] = {}
    for each in problems:
        groups.setdefault((each.sheet, each.row), []).append(each)
    return groups
