"""How visits and contacts are written down: texts with places for people, spans, habits of a family."""

from dataclasses import dataclass, field

from families.choices import VisitKind, VisitLocation, VisitResult

# The carer and the child a text speaks of, in the cases of Polish. Verbs stand in the present or impersonally.
CARERS = {
    "mother": "matka matki matce matkę matką",
    "father": "ojciec ojca ojcu ojca ojcem",
    "grandparent": "babcia babci babci babcię babcią",
}
CHILDREN = {
    ("child", "female"): "córka córki córce córkę córką",
    ("child", "male"): "syn syna synowi syna synem",
    ("grandchild", "female"): "wnuczka wnuczki wnuczce wnuczkę wnuczką",
    ("grandchild", "male"): "wnuk wnuka wnukowi wnuka wnukiem",
}


def words_of(carer: str, child: tuple[str, str] | None, name: str) -> dict[str, str]:
    """What the places of a text are filled with: {Matka} {matki} {matce} {matkę} {matką}, {syn} …, {imie}."""
    found = dict(zip(("matka", "matki", "matce", "matkę", "matką"), CARERS[carer].split(), strict=True))
    found["Matka"] = found["matka"].capitalize()
    if child:
        cases = ("syn", "syna", "synowi", "syna_b", "synem")
        found |= zip(cases, CHILDREN[child].split(), strict=True)
        found |= {"Syn": found["syn"].capitalize(), "imie": name}
    return found


@dataclass(frozen=True)
class Episode:
    """What one visit is about. ``agreed``: who ("carer", "child" or AgreedBy) has to do what."""

    areas: str
    tasks: str
    facts: str
    opinion: str = ""
    agreed: dict[str, str] = field(default_factory=dict)
    place: str = VisitLocation.HOME


@dataclass(frozen=True)
class Thread:
    """Episodes that follow one another over months; of a child between these ages, or of the household."""

    episodes: tuple[Episode, ...]
    ages: tuple[int, int] | None = None


@dataclass(frozen=True, kw_only=True)
class Told:
    """A visit told by hand, so long ago; it takes the place of the usual ones around it."""

    ago: str
    facts: str
    opinion: str = ""
    at: str = "11:00"
    minutes: int = 50
    result: str = VisitResult.HELD
    place: str = VisitLocation.HOME
    kind: str = VisitKind.PLANNED
    present: tuple[str, ...] = ()
    other_attendees: tuple[str, ...] = ()
    areas: str = ""
    tasks: str = ""
    agreed: dict[str, str] = field(default_factory=dict)
    concern: tuple[str, str, str, str] | None = None  # what, what was done, who was told, by name
    steps: tuple[tuple[int, str, str, bool], ...] = ()  # days later, author, what, over
    next_in: int | None = None  # days from the day of loading; only of the last one
    next_at: str = ""


@dataclass(frozen=True, kw_only=True)
class Called:
    """A contact told by hand."""

    ago: str
    channel: str
    counterpart_type: str
    subject: str
    counterpart_name: str = ""
    by: str = ""  # an account; the assistant of the day when left out


@dataclass(frozen=True, kw_only=True)
class Habit:
    """How the visits of a family go: what about, how often, the last and the next one, the last assessment.

    ``threads``: names, "IN_CARE@10m" from so long ago on. ``last``: days before the day of loading; ``next_in``:
    days after it, 0 is the day itself; ``refused_until``: until then the door mostly stays shut.
    """

    threads: str
    every: int = 13
    last: int = 6
    next_in: int | None = 5
    next_at: str = ""
    assessed: str = ""
    refused_until: str = ""
    told: tuple[Told, ...] = ()
    called: tuple[Called, ...] = ()
