"""How the plans of the demo are written down: rows with their fates, and the way of the plans of a family."""

from dataclasses import dataclass, field

from families.choices import CareForm


@dataclass(frozen=True)
class Line:
    """A row of a plan, with places for people as in the diary; ``told``: what visits say of it on the way.

    ``reached`` and ``missed``: what is said in the end.
    """

    area: str
    problem: str
    goal: str
    actions: str
    who: str
    expected_outcome: str
    told: tuple[str, ...]
    reached: str
    missed: str


@dataclass(frozen=True)
class Aim:
    """What a thread of the diary means for the plan: a part of the main goal, and rows that follow one another."""

    goal: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class SentBack:
    """A version sent back with a remark to one of its rows, and what its expected effect is after the mending."""

    text: str
    row: int
    remark: str
    mended: str


@dataclass(frozen=True)
class Tail:
    """The newest version, still on its way. ``stage``: draft, fix, consultation, acceptance, signing."""

    stage: str
    ago: str


@dataclass(frozen=True)
class InCare:
    """A child placed in foster care so long ago."""

    ago: str
    who: str
    form: str = CareForm.UNPROFESSIONAL


@dataclass(frozen=True, kw_only=True)
class Way:
    """The plans of a family. Versions are numbered from the last whole one: -1, -2 …

    ``begun``: how long ago the last versions were begun; earlier ones half a year apart. ``reviewed``: so long ago,
    why the plan stays. ``grim``: little was reached. ``rows``: how many a version has at least, where its threads
    give so many.
    """

    begun: tuple[str, ...] = ()
    tail: Tail | None = None
    reasons: dict[int, str] = field(default_factory=dict)
    refuses: dict[int, dict[str, str]] = field(default_factory=dict)
    returned: dict[int, SentBack] = field(default_factory=dict)
    reviewed: tuple[tuple[str, str], ...] = ()
    in_care: tuple[InCare, ...] = ()
    grim: bool = False
    rows: int = 3
