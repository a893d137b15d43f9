"""Norms as their pages show them."""

from dataclasses import dataclass
from datetime import date

from lubsko_ops.centre.models import NormValue
from lubsko_ops.centre.norms import NORM_DEPENDENTS, NORMS, Norm, Progress


@dataclass(frozen=True)
class NormRow:
    """A norm on a day: the value in force (None: the standard one, decided by nobody) and the next one announced."""

    name: str
    norm: Norm
    current: NormValue | None
    announced: NormValue | None

    @property
    def text(self) -> str:
        return self.norm.text(self.current.value if self.current else self.norm.default)

    @property
    def announced_text(self) -> str:
        return self.norm.text(self.announced.value) if self.announced else ""


def norm_rows(*, on: date) -> list[NormRow]:
    """All norms in the order of their declaration. One statement."""
    values: dict[str, list[NormValue]] = {}
    for row in NormValue.objects.order_by("starts_on"):
        values.setdefault(row.name, []).append(row)
    rows = []
    for name, norm in NORMS.items():
        started = [row for row in values.get(name, ()) if row.starts_on <= on]
        later = [row for row in values.get(name, ()) if row.starts_on > on]
        rows.append(NormRow(name, norm, started[-1] if started else None, later[0] if later else None))
    return rows


def values_of(name: str) -> list[NormValue]:
    """The stored values of a norm with their authors, the newest first. One statement."""
    return list(NormValue.objects.filter(name=name).select_related("entered_by").order_by("-starts_on"))


def described_values(name: str, *, on: date) -> list[dict]:
    """The stored values of a norm with their text and whether they have begun."""
    norm = NORMS[name]
    return [
        {"row": row, "text": norm.text(row.value), "announced": row.starts_on > on} for row in values_of(name)
    ]


def get_progress() -> Progress | None:
    """Of what is being recalculated after a change of a norm; None when nothing is."""
    running = [progress for each in NORM_DEPENDENTS if (progress := each.progress())]
    if not running:
        return None
    return Progress(sum(each.done for each in running), sum(each.total for each in running))
