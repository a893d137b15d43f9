"""What the file of an assistant must hold before a family may be assigned (art. 7, 12 and 17 of the Act); pure.

A requirement names the provision and the kinds of documents that meet it. Provisions that were not read in the text of
the act have ``verified=False`` and are shown as such.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from families import law
from lubsko_ops.core.dates import add_months
from lubsko_ops.core.polish import bind_provisions, join_list

REGISTER_IN_FORCE = date(2023, 2, 1)  # the check in the register of sexual offenders, for assistants
TRAINING_MONTHS = 12  # without training and supervision for so long, an inspector asks (art. 12 ust. 2)

# Which documents each variant of art. 12 ust. 1 pkt 1 asks for, and the years of work with children or families.
DEGREE, OTHER_DEGREE, SECONDARY = "degree", "other_degree", "secondary"
VARIANT_DOCUMENTS: Mapping[str, tuple[str, ...]] = {
    DEGREE: ("diploma",),
    OTHER_DEGREE: ("diploma", "course", "experience"),
    SECONDARY: ("school_certificate", "course", "experience"),
}
VARIANT_YEARS: Mapping[str, int] = {DEGREE: 0, OTHER_DEGREE: 1, SECONDARY: 3}


@dataclass(frozen=True)
class Requirement:
    """A point of the file: its name in the nominative, the provision, and the kinds of documents of which one suffices.

    ``since``: not required before that day. ``before_contract``: should be dated at the latest on the first day of the
    contract. ``of_everyone``: of other workers too, not of assistants alone.
    """

    code: str
    label: str
    article: str
    documents: tuple[str, ...] = ()
    since: date = law.IN_FORCE
    verified: bool = True
    before_contract: bool = False
    of_everyone: bool = False

    other_act: str = ""  # beside the Act: another provision with its act

    @property
    def provision(self) -> str:
        """The provision with its act in full."""
        own = law.SUPPORT.of(self.article)
        return f"{own}; {self.other_act}" if self.other_act else own

    @property
    def short_provision(self) -> str:
        """The article of the Act, for a page that names the Act once; one that was not read in its text says so."""
        text = (
            f"{bind_provisions(self.article)}; {self.other_act}"
            if self.other_act
            else bind_provisions(self.article)
        )
        return text if self.verified else f"{text} (do sprawdzenia)"


REQUIREMENTS = (
    Requirement("contract", "umowa", "art. 17"),
    Requirement("qualifications", "kwalifikacje", "art. 12 ust. 1 pkt 1", verified=False),
    Requirement(
        "parental_authority",
        "oświadczenie o władzy rodzicielskiej",
        "art. 12 ust. 1 pkt 2–4",
        ("parental_authority",),
        verified=False,
        before_contract=True,
    ),
    Requirement(
        "maintenance",
        "oświadczenie o obowiązku alimentacyjnym",
        "art. 12 ust. 1 pkt 2–4",
        ("maintenance",),
        verified=False,
        before_contract=True,
    ),
    Requirement(
        "no_conviction",
        "oświadczenie albo zapytanie o niekaralność",
        "art. 12 ust. 1 pkt 2–4",
        ("no_conviction", "criminal_record"),
        verified=False,
        before_contract=True,
    ),
    Requirement(
        "offenders_register",
        "sprawdzenie w Rejestrze Sprawców Przestępstw na Tle Seksualnym",
        "art. 12 ust. 1 pkt 5",
        ("offenders_register",),
        since=REGISTER_IN_FORCE,
        verified=False,
        before_contract=True,
        other_act="art. 21 ustawy z 13 maja 2016 r. o przeciwdziałaniu zagrożeniom przestępczością na tle seksualnym",
    ),
    Requirement(
        "data_authorisation",
        "upoważnienie do przetwarzania danych",
        "art. 7 ust. 3",
        ("data_authorisation",),
        verified=False,
        of_everyone=True,
    ),
    Requirement(
        "secrecy_pledge",
        "zobowiązanie do zachowania tajemnicy",
        "art. 7 ust. 4",
        ("secrecy_pledge",),
        verified=False,
        of_everyone=True,
    ),
)
REQUIREMENTS_BY_CODE = {each.code: each for each in REQUIREMENTS}
LATE_NOTE = "ma późniejszą datę niż początek umowy"


@dataclass(frozen=True)
class Document:
    """A document of the file, as the rules see it. ``clear``: not a check that came out against the person."""

    kind: str
    dated: date
    clear: bool = True
    years: int | None = None


@dataclass(frozen=True)
class Point:
    """A requirement with what the file holds of it: the documents that meet it, what is missing, and remarks."""

    requirement: Requirement
    met_by: tuple[Document, ...]
    missing: str  # empty when the requirement is met
    remark: str = ""
    lacking: tuple[str, ...] = ()  # kinds of documents of which one, for qualifications each, is to be added

    @property
    def is_met(self) -> bool:
        return not self.missing


def requirements_on(day: date, *, assistant: bool = True) -> list[Requirement]:
    """What the file of an assistant, or of another worker, must hold on the day."""
    return [each for each in REQUIREMENTS if each.since <= day and (assistant or each.of_everyone)]


def check_file(
    *,
    variant: str,
    documents: Collection[Document],
    contract_from: date | None,
    on: date,
    assistant: bool = True,
) -> list[Point]:
    """The points of a file on the day, each with what is missing, in the order of the list.

    contract_from: first day of the contract in force or of the next one; None when there is none.
    """
    points = []
    for each in requirements_on(on, assistant=assistant):
        if each.code == "contract":
            points.append(Point(each, (), "" if contract_from else "brak umowy"))
        elif each.code == "qualifications":
            points.append(_check_qualifications(each, variant, documents))
        else:
            points.append(_check_document(each, documents, contract_from))
    return points


def _check_document(
    requirement: Requirement, documents: Iterable[Document], contract_from: date | None
) -> Point:
    suitable = [each for each in documents if each.kind in requirement.documents]
    against = [each for each in suitable if not each.clear]
    if against:
        return Point(requirement, tuple(suitable), "wynik nie pozwala na zatrudnienie")
    if not suitable:
        return Point(requirement, (), "brak", lacking=requirement.documents)
    late = (
        requirement.before_contract
        and contract_from is not None
        and contract_from >= requirement.since
        and min(each.dated for each in suitable) > contract_from
    )
    return Point(requirement, tuple(suitable), "", LATE_NOTE if late else "")


def _check_qualifications(requirement: Requirement, variant: str, documents: Collection[Document]) -> Point:
    """The documents of the variant, and enough years in the one about experience."""
    if variant not in VARIANT_DOCUMENTS:
        return Point(requirement, (), "nie wskazano wariantu wykształcenia")
    needed = VARIANT_DOCUMENTS[variant]
    suitable = tuple(each for each in documents if each.kind in needed)
    lacking = tuple(kind for kind in needed if kind not in {each.kind for each in suitable})
    if lacking:
        names = join_list([DOCUMENT_NAMES[kind] for kind in lacking])
        return Point(requirement, suitable, f"brak: {names}", lacking=lacking)
    years = sum(each.years or 0 for each in suitable if each.kind == "experience")
    if years < VARIANT_YEARS[variant]:
        missing = f"staż krótszy niż {VARIANT_YEARS[variant]} {_years(variant)}"
        return Point(requirement, suitable, missing, lacking=("experience",))
    return Point(requirement, suitable, "")


def _years(variant: str) -> str:
    return "rok" if VARIANT_YEARS[variant] == 1 else "lata"


DOCUMENT_NAMES: Mapping[str, str] = {
    "diploma": "dyplom ukończenia studiów",
    "school_certificate": "świadectwo ukończenia szkoły średniej",
    "course": "szkolenie albo studia podyplomowe z pracy z dziećmi lub rodziną",
    "experience": "staż pracy z dziećmi lub rodziną",
    "parental_authority": "oświadczenie o władzy rodzicielskiej",
    "maintenance": "oświadczenie o obowiązku alimentacyjnym",
    "no_conviction": "oświadczenie o niekaralności za umyślne przestępstwo",
    "criminal_record": "zapytanie do Krajowego Rejestru Karnego",
    "offenders_register": "sprawdzenie w Rejestrze Sprawców Przestępstw na Tle Seksualnym",
    "data_authorisation": "upoważnienie do przetwarzania danych",
    "secrecy_pledge": "zobowiązanie do zachowania tajemnicy",
}


def unconfirmed_file_refusal(*, confirmed: Collection[str], on: date) -> str:
    """Refusal to assign a family while points of the assistant's file are not confirmed by the manager.

    confirmed: codes of the requirements that are.
    """
    required = requirements_on(on)
    missing = [each for each in required if each.code not in confirmed]
    if not missing:
        return ""
    if len(missing) == len(required):
        what = "Kierownik nie potwierdził jeszcze, że teczka tego asystenta jest kompletna"
    else:
        what = (
            f"W teczce tego asystenta kierownik nie potwierdził: {join_list(each.label for each in missing)}"
        )
    return (
        f"{what} ({law.SUPPORT.of('art. 12')}). Potwierdza się ją na stronie pracownika, w zakładce Teczka."
    )


def training_note(*, last_on: date | None, employed_from: date | None, on: date) -> str:
    """A sentence when there was no training or supervision for a year; empty otherwise or in the first year of work."""
    since = last_on or employed_from
    if since is None or on < add_months(since, TRAINING_MONTHS):
        return ""
    return (
        f"Od roku bez szkolenia i superwizji, a o systematycznym doskonaleniu mówi "
        f"{law.SUPPORT.of('art. 12 ust. 2')} (do sprawdzenia)."
    )
