"""Results of the benchmark: a row for each subject, its verdict, the JSON file and the comparison with another one."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from devtools.benchmark.measure import Times
from devtools.benchmark.subject import CITY, METROPOLIS, Subject

P_LABEL = "P"
QUIET = (
    1.3  # times its processor time that P takes by the clock, at most, on a machine that does nothing else
)
BUSY = "The machine was busy: the ratios are not to be relied on."
HEADING = f"{'':58} {'SQL':>3} {'CPU ms':>8} {'least':>8} {'(db)':>7} {'wall ms':>8} {'least':>8}  ratios"


@dataclass(frozen=True)
class Earlier:
    """The figures of an earlier run; ``rows`` is empty when there is none."""

    size: str = ""
    rows: dict[str, dict] = field(default_factory=dict)
    load: dict[str, dict] = field(default_factory=dict)

    @classmethod
    def read(cls, file: Path) -> "Earlier":
        """Raises ValueError for a file that no ``--json`` wrote."""
        data = json.loads(file.read_text())
        if not isinstance(data, dict) or not {"size", "rows", "load"} <= set(data):
            raise ValueError(f"{file} is not a result of the benchmark.")
        return cls(data["size"], data["rows"], data["load"])


@dataclass(frozen=True)
class Row:
    """A measured subject.

    ``times``: its own under "", those of its floors under their labels. ``scans``: large tables that it reads whole.
    """

    subject: Subject
    size: str
    times: dict[str, Times]
    statements: int
    scans: dict[str, str] = field(default_factory=dict)

    @property
    def ratios(self) -> dict[str, float]:
        return {label: self.times[""].ratio(floor) for label, floor in self.times.items() if label}

    def growth(self, earlier: Earlier) -> float | None:
        """How many times a metropolis costs what a city does, both in P.

        None when the other run was no city, and for what a city may cost too: of two small numbers the ratio says
        more about the rows that a page shows than about the size of the tables.
        """
        if self.size != METROPOLIS or earlier.size != CITY or P_LABEL not in self.ratios:
            return None
        of_city = [each.city for each in self.subject.budgets if each.floor.label == P_LABEL and each.city]
        if of_city and self.ratios[P_LABEL] <= of_city[0]:
            return None
        before = earlier.rows.get(self.subject.name, {}).get("ratios", {}).get(P_LABEL)
        return self.ratios[P_LABEL] / before if before else None

    def faults(self, earlier: Earlier) -> list[str]:
        """What is over its budget, in short phrases."""
        faults = []
        for budget in self.subject.budgets:
            ratio, limit = self.ratios[budget.floor.label], budget.limit(self.size)
            if limit is not None and ratio > limit:
                faults.append(f"{short(ratio)} {budget.floor.label}, budget {limit:g}")
        ceiling, growth = self.subject.statements, self.growth(earlier)
        if ceiling is not None and self.statements > ceiling:
            faults.append(f"{self.statements} statements, budget {ceiling}")
        if growth is not None and self.subject.growth is not None and growth > self.subject.growth:
            faults.append(f"{short(growth)} × city, budget {self.subject.growth:g}")
        if self.scans and not self.subject.full_scan_reason:
            faults.append(f"reads whole: {', '.join(sorted(self.scans))}")
        return faults

    def line(self, earlier: Earlier) -> str:
        """The printed line: name, statements, times, ratios; what is over; the earlier figure and its ratio to this."""
        own = self.times[""]
        (cpu, least), (wall, fastest) = own.processor, own.wall
        ratios = ", ".join(f"{short(ratio)} {label}" for label, ratio in self.ratios.items())
        line = f"{self.subject.name:58} {self.statements:3} {cpu:8.1f} {least:8.1f} {own.database:7.1f}"
        line += f" {wall:8.1f} {fastest:8.1f}  {ratios}"
        before = earlier.rows.get(self.subject.name, {}).get("ratios", {})
        for label in self.ratios:
            if before.get(label):
                line += f"  [was {short(before[label])} {label}, × {self.ratios[label] / before[label]:.2f}]"
        faults = self.faults(earlier)
        return f"{line}  OVER: {'; '.join(faults)}" if faults else line

    def as_json(self) -> dict[str, Any]:
        return {
            "statements": self.statements,
            "ratios": {label: round(ratio, 3) for label, ratio in self.ratios.items()},
            "budgets": {each.floor.label: each.limit(self.size) for each in self.subject.budgets},
            "milliseconds": {
                label or "own": {
                    "processor": [round(each, 3) for each in times.processor],
                    "database": round(times.database, 3),
                    "wall": [round(each, 3) for each in times.wall],
                }
                for label, times in self.times.items()
            },
            "reads_whole": sorted(self.scans),
        }


def noise_line(rows: list[Row]) -> str:
    """How much P varied in the course of the run, and whether it had to wait for the processor."""
    measured = [row.times[P_LABEL] for row in rows if P_LABEL in row.times]
    if not measured:
        return ""
    rounds = [each.processor[0] for each in measured]
    waiting = median(each.wall[0] / each.processor[0] for each in measured)
    line = f"P: {median(rounds):.2f} ms, between {min(rounds):.2f} and {max(rounds):.2f}; by the clock × {waiting:.1f}."
    return f"{line} {BUSY}" if waiting > QUIET else line


def short(ratio: float) -> str:
    """A small ratio with two decimals, where a few hundredths decide about a budget; others with one."""
    return f"{ratio:.2f}" if ratio < 5 else f"{ratio:.1f}"


def load_line(name: str, figures: dict[str, float], earlier: Earlier) -> str:
    """The line of a row that is never judged, marked (p); beside each figure the earlier one and the ratio to it."""
    before, parts = earlier.load.get(name, {}), []
    for label, value in figures.items():
        part = f"{label} {value:g}"
        if label in before:
            part += f" [was {before[label]:g}" + (
                f", × {value / before[label]:.2f}]" if before[label] else "]"
            )
        parts.append(part)
    return f"(p) {name:46} {', '.join(parts)}"


def write_json(file: Path, *, size: str, rounds: int, rows: list[Row], load: dict[str, dict]) -> None:
    """Write all figures in a form that ``Earlier.read`` and other programs can read."""
    data = {
        "size": size,
        "rounds": rounds,
        "rows": {row.subject.name: row.as_json() for row in rows},
        "load": load,
    }
    file.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n")
