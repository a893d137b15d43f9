"""What the families of a demo centre consist of, and the texts of visits and plans, which all centres share.

A day is a date or a span: "2y3m", "17m20d", "9d" is that long before the day of loading, "+10d" ten days after it. An
age is a number of full years or a span ("4m"), so it stays the same whenever the demo is loaded.
"""

import re
import tomllib
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from pathlib import Path
from zlib import crc32

from stdnum.pl import pesel as pesel_number

from families.choices import (
    Kinship,
    LivingArrangement,
    Sex,
    VisitLocation,
)
from lubsko_ops.core.dates import add_months

CENTRES = Path(__file__).parent  # each folder with a centre.toml is a centre
TEXTS = CENTRES / "texts"
SPAN = re.compile(r"(?:(\d+)y)?(?:(\d+)m)?(?:(\d+)d)?")
KIN = {
    "mother": (Kinship.MOTHER, Sex.FEMALE),
    "father": (Kinship.FATHER, Sex.MALE),
    "girl": (Kinship.CHILD, Sex.FEMALE),
    "boy": (Kinship.CHILD, Sex.MALE),
    "granddaughter": (Kinship.GRANDCHILD, Sex.FEMALE),
    "grandson": (Kinship.GRANDCHILD, Sex.MALE),
    "grandmother": (Kinship.GRANDPARENT, Sex.FEMALE),
    "grandfather": (Kinship.GRANDPARENT, Sex.MALE),
    "stepfather": (Kinship.STEPFATHER, Sex.MALE),
    "stepson": (Kinship.STEPCHILD, Sex.MALE),
    "partner_of_mother": (Kinship.PARTNER, Sex.MALE),
    "partner_of_father": (Kinship.PARTNER, Sex.FEMALE),
    "aunt": (Kinship.SIBLING, Sex.FEMALE),
}


class FaultyData(ValueError):
    """The files of a demo centre say something that cannot be; the message names the place."""


def read_file(path: Path) -> dict:
    """Return the content of a TOML file. Raises FaultyData where it cannot be read."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise FaultyData(f"{path.parent.name}/{path.name}: {error}") from error


def resolve_date(day: date, span: str | date) -> date:
    """Return the day the span before ``day``, or after it with a plus; a date as it is.

    Raises ValueError for a span that cannot be read.
    """
    if isinstance(span, date):
        return span
    match = SPAN.fullmatch(span.removeprefix("+"))
    if not span or not match:
        raise ValueError(f"Not a span of time: {span!r}")
    sign = 1 if span.startswith("+") else -1
    years, months, days = (sign * int(number or 0) for number in match.groups())
    return add_months(day, 12 * years + months) + timedelta(days=days)


def stable_random(salt: str, below: int) -> int:
    """Return a number from 0 that looks accidental and is the same for the same salt."""
    return crc32(salt.encode()) % below


def make_pesel(born_on: date, sex: str, salt: str) -> str:
    """Return a PESEL that fits the birthday and the sex, with a serial (98xx–99xx) hardly ever given to anybody."""
    return numbered_pesel(born_on, sex, stable_random(salt, 100))


def numbered_pesel(born_on: date, sex: str, number: int) -> str:
    """Return the PESEL of the invented person with this number (0–99) among those of the day and the sex."""
    century = {1800: 80, 1900: 0, 2000: 20, 2100: 40}[born_on.year // 100 * 100]
    serial = 9800 + number * 2 + (sex == Sex.MALE)
    digits = f"{born_on:%y}{born_on.month + century:02}{born_on:%d}{serial}"
    return digits + pesel_number.calc_check_digit(digits)


# ---- families ----------------------------------------------------------------------------------------
@dataclass(frozen=True, kw_only=True)
class DemoAddress:
    """An address in the town of the centre, or in a village.

    ``region``: key in ``centre.toml``. ``withheld_from``: the first name of a member who must not learn it.
    """

    house: str
    street: str = ""
    flat: str = ""
    village: str = ""
    withheld_from: str = ""
    region: str = ""

    @property
    def region_key(self) -> str:
        return self.region or ("villages" if self.village else "town")


@dataclass(frozen=True, kw_only=True)
class DemoPerson:
    """A member of a family: "Danuta" with the family's surname, or "Robert Majchrzak".

    ``same_person_in``: key of the file in which the person already is; ``duplicate_of_person_in``: key of the file
    of the same human being, entered again by somebody who could not see that file.
    """

    kin: str
    name: str
    age: int | str = 0
    born: date | None = None  # instead of an age
    birth_precision: str = ""  # "year": nothing but the year of birth is certain
    stay: str = ""
    address: dict | None = None
    phone: str = ""
    pesel_missing: str = ""
    document: str = ""
    spellings: list[str] = field(default_factory=list)
    same_person_in: str = ""
    duplicate_of_person_in: str = ""

    @property
    def kinship(self) -> Kinship:
        return KIN[self.kin][0]

    @property
    def sex(self) -> Sex:
        return KIN[self.kin][1]

    @property
    def living_arrangement(self) -> LivingArrangement:
        """As written; without it, a person with an own address lives elsewhere."""
        return LivingArrangement(self.stay or ("elsewhere" if self.address else "here"))

    @property
    def first_name(self) -> str:
        return self.name.split(" ", 1)[0]

    @property
    def origin(self) -> str:
        """Key of the file in which the person was entered before; empty for most."""
        return self.same_person_in or self.duplicate_of_person_in

    def last_name(self, surname: str) -> str:
        """Return the person's own surname, or their form of the family's ("Kowalska/Kowalski", "Nowak")."""
        feminine, _, masculine = surname.partition("/")
        default = (masculine or feminine) if self.sex == Sex.MALE else feminine
        return self.name.partition(" ")[2] or default

    def born_on(self, day: date, key: str) -> date:
        """Return the birthday as written, or one that gives this age on the day of loading."""
        if self.born:
            return self.born
        if isinstance(self.age, str):
            return resolve_date(day, self.age)
        born_on = add_months(day, -12 * self.age) - timedelta(days=stable_random(f"{key} {self.name}", 330))
        return born_on.replace(month=1, day=1) if self.birth_precision else born_on


@dataclass(frozen=True)
class Event:
    """Something that happened to a family; the functions in ``family_events`` take the details by name."""

    ago: str | date
    event: str
    details: dict
    by: str = ""  # an account or "region"; the usual author of the event when empty

    @classmethod
    def parse(cls, values: dict) -> "Event":
        details = {name: value for name, value in values.items() if name not in ("ago", "event", "by")}
        return cls(values["ago"], values["event"], details, values.get("by", ""))


@dataclass(frozen=True, kw_only=True)
class ScriptedVisit:
    """A visit written out in full; it replaces the generated ones around its day. ``columns``: those of Visit."""

    ago: str
    columns: dict
    at: str = "11:00"
    minutes: int = 50
    present: list[str] = field(default_factory=list)
    agreed: dict[str, str] = field(default_factory=dict)
    concern: dict | None = None
    next_in: int | None = None  # days from the day of loading; only of the last visit
    next_at: str = ""

    @classmethod
    def parse(cls, values: dict) -> "ScriptedVisit":
        own = {each.name for each in fields(cls)} & values.keys()
        columns = {name: value for name, value in values.items() if name not in own}
        return cls(columns=columns, **{name: values[name] for name in own})


@dataclass(frozen=True, kw_only=True)
class VisitTime:
    """A time with a visit every so many days."""

    since: date
    until: date
    every: int = 7


@dataclass(frozen=True, kw_only=True)
class VisitPattern:
    """How the visits of a family go: topics, days between visits, the last and the next one, the last assessment.

    ``topics``: names, "IN_CARE@10m" from that long ago on. ``last``: days before the day of loading; ``next_in``:
    days after it, 0 is the day itself. ``refused_until``: until then the family mostly does not open the door.
    ``within``: of work that ended long ago, the only times with visits; what is about now does not matter then.
    """

    topics: list[str]
    every: int = 13
    last: int = 6
    next_visit_agreed: bool = True
    next_in: int = 5
    next_at: str = ""
    assessed: str = ""
    refused_until: str = ""
    scripted: list[ScriptedVisit] = field(default_factory=list)
    contacts: list[dict] = field(default_factory=list)  # how long ago, and the columns of Contact
    within: list["VisitTime"] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class VersionPattern:
    """What is special about a plan version; ``number``: -1 is the last complete one, -2 the one before it.

    ``refusals``: first name and reason. ``returned``: text, row, remark and the corrected expected outcome.
    """

    number: int
    reason: str = ""
    refusals: dict[str, str] = field(default_factory=dict)
    returned: dict | None = None


@dataclass(frozen=True, kw_only=True)
class PlanPattern:
    """How the plans of a family differ from the usual: complete, signed by everybody, renewed in time.

    ``begun``: how long ago the last versions were begun; earlier ones follow half a year apart. ``in_preparation``:
    stage (draft, fix, consultation, acceptance, signing) and ago of a newer version. ``rows``: minimal number of
    rows of a version, where the topics give so many.
    """

    begun: list[str | date] = field(default_factory=list)
    in_preparation: dict[str, str] | None = None
    versions: list[VersionPattern] = field(default_factory=list)
    reviews: list[dict[str, str]] = field(default_factory=list)
    in_care: list[dict[str, str]] = field(default_factory=list)
    little_progress: bool = False
    rows: int = 3
    none: bool = False  # work without plans, e.g. of a month

    def version(self, number: int) -> VersionPattern:
        return next((each for each in self.versions if each.number == number), VersionPattern(number=number))


@dataclass(frozen=True, kw_only=True)
class DemoFamily:
    """A family: its file as on the first day, and what happened since. ``name`` is unique in the demo."""

    key: str
    name: str
    surname: str
    address: DemoAddress
    category: str
    problems: list[str]
    people: list[DemoPerson]
    events: list[Event]
    visits: VisitPattern | None = None
    plans: PlanPattern = PlanPattern()

    @classmethod
    def parse(cls, values: dict) -> "DemoFamily":
        visits, plans = values.get("visits"), values.get("plans", {})
        parsed = {
            "address": DemoAddress(**values["address"]),
            "people": [DemoPerson(**each) for each in values["people"]],
            "events": [Event.parse(each) for each in values["events"]],
            "plans": PlanPattern(**plans | {"versions": _each(VersionPattern, plans, "versions")}),
        }
        if visits:
            scripted = {
                "scripted": [ScriptedVisit.parse(each) for each in visits.get("scripted", ())],
                "within": _each(VisitTime, visits, "within"),
            }
            parsed["visits"] = VisitPattern(**visits | scripted)
        return cls(**values | parsed)


def _each(cls: type, values: dict, name: str) -> list:
    return [cls(**each) for each in values.get(name, ())]


# ---- texts of visits and plans -----------------------------------------------------------------------
@dataclass(frozen=True, kw_only=True)
class Episode:
    """The content of one visit. ``agreed``: what is to be done, by "carer", "child" or an ``AgreedBy`` value."""

    areas: list[str]
    facts: str
    tasks: list[str] = field(default_factory=list)
    opinion: str = ""
    agreed: dict[str, str] = field(default_factory=dict)
    place: str = VisitLocation.HOME


@dataclass(frozen=True, kw_only=True)
class PlanRowText:
    """A plan row: ``progress_notes`` are entered at visits on the way, ``reached`` or ``missed`` at the end."""

    area: str
    problem: str
    goal: str
    actions: str
    who: str
    expected_outcome: str
    progress_notes: list[str]
    reached: str
    missed: str


@dataclass(frozen=True)
class Topic:
    """Episodes and plan rows that follow one another over months, about a child of ``ages`` or the household."""

    episodes: list[Episode]
    ages: list[int] | None
    goal: str  # part of the main goal of a plan
    rows: list[PlanRowText]

    @classmethod
    def parse(cls, values: dict) -> "Topic":
        plan = values.get("plan", {})
        episodes, rows = _each(Episode, values, "episodes"), _each(PlanRowText, plan, "rows")
        return cls(episodes, values.get("ages"), plan.get("goal", ""), rows)


TOPICS = {
    key: Topic.parse(values)
    for path in sorted(TEXTS.glob("topics_*.toml"))
    for key, values in read_file(path).items()
}
SHORT_TEXTS = read_file(TEXTS / "short_texts.toml")
