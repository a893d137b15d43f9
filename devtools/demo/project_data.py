"""The projects of a demo centre as written: what a field may be called, what an edition takes from an earlier one.

README.md describes the fields. Nothing here asks the database.
"""

from collections.abc import Collection, Iterator
from copy import deepcopy
from datetime import date
from typing import Any

from devtools.demo.dataset import FaultyData
from devtools.demo.demo_centre import DemoCentre
from lubsko_ops.audit.models import AuditedModel
from projects.document import ROW_MODELS
from projects.groups.rules import has_days, has_meetings
from projects.models import Edition, ProjectGroup

STEPS = ("begun", "sent", "approved", "running", "ended", "settled")
DETAILS = {
    *("key", "title", "line", "kind", "starts_on", "ends_on", "author", "manager", "copy_of"),
    *("without_groups",),
    *("withdrawn", "withdrawal", *STEPS),
}
RESULTS = {  # what became of a row; a copy begins without it
    "goals": {"readings"},
    "budget": {"spent", "invoices", "difference"},
}
OF_ONE_EDITION = {"starts_on", "ends_on", "days"}  # of a group, which a copy has anew
ANSWERED = {"before", "after", "only"}
TABLES = {
    "meetings": {
        *("group", "by", "sentences", "between", "hours", "topics", "attendance", "cancelled", "moved"),
        "absent",
    },
    "people": {
        *("group", "key", "women", "men", "children", "pairs", "fathers", "persons", "ages"),
        *("families", "families_of", "members", "same_as", "limit", "reported", "unsigned"),
        *("without_consent", "admitted", "broke_off"),
    },
    "surveys": {"kind", "title", "introduction", "with_codes", "words", "closed_on", "questions"} | ANSWERED,
    "consultations": {
        *("group", "by", "day", "hour", "minutes", "subject", "note", "readers"),
        *("worker", "family", "participant", "of"),
    },
    "readings": {"goal", "day", "value", "source"},
    "invoices": {"line", "number", "day", "amount", "purpose", "supplier"},
    "spent": {"line", "amount", "difference"},
    "reports": {
        *("year", "course", "undone", "conclusions", "written", "presented", "presented_by"),
        *("approved", "approved_by"),
    },
}
ACCOUNTS_IN = {
    "staff": {"user"},
    "meetings": {"by"},
    "consultations": {"by", "worker"},
    "reports": {"presented_by", "approved_by"},
}
LISTS = {
    "readings": {"day", "value", "source"},
    "invoices": {"number", "day", "amount", "purpose", "supplier"},
    "days": {
        *("day", "until", "starts_at", "ends_at", "programme", "people", "parcels"),
        *("kilograms", "volunteers"),
    },
    "persons": {"first_name", "last_name", "born", "sex"},
    "broke_off": {"number", "day", "reason", "replaced"},
    "questions": {"text", "kind", "lowest", "highest", "answers"} | ANSWERED,
}


def entered(model: type[AuditedModel]) -> set[str]:
    """Names of the fields that users fill in."""
    return {each.name for each in model.entered_fields()}


# ---- what is written in the file ---------------------------------------------------------------------
def load_project_data(demo: DemoCentre) -> list[dict]:
    """The projects, each with what it takes from the edition it is copied from. FaultyData for anything unknown."""
    check_fields(demo)
    by_key: dict[str, dict] = {}
    for written in demo.projects:
        row = deepcopy(written)
        if "copy_of" in row:
            row = add_copied(row, by_key[row["copy_of"]])
        by_key[row["key"]] = add_results(row)
    check_references(demo, list(by_key.values()))
    return list(by_key.values())


def add_copied(row: dict, earlier: dict) -> dict:
    """The project with the texts, rows, groups and questions of the earlier edition where it gives none."""
    texts = _without(earlier.get("texts", {}), {"recruits_from", "recruits_to"})
    result = {"texts": texts | row.get("texts", {})}
    for name in ROW_MODELS:
        left_out = RESULTS.get(name, set())
        result[name] = [_without(each, left_out) for each in earlier.get(name, [])]
    gone = row.get("without_groups", [])
    given = {each["name"]: each for each in row.get("groups", [])}
    copied = [
        _without(each, OF_ONE_EDITION) for each in earlier.get("groups", []) if each["name"] not in gone
    ]
    groups = [each | given.pop(each["name"], {}) for each in copied]
    kinds = {each["kind"] for each in row.get("surveys", [])}
    surveys = [_questions_of(each) for each in earlier.get("surveys", []) if each["kind"] not in kinds]
    result |= {name: value for name, value in row.items() if name not in ("texts", "groups", "surveys")}
    result["groups"] = [*groups, *given.values()]
    result["surveys"] = [*surveys, *row.get("surveys", [])]
    return result


def add_results(row: dict) -> dict:
    """Put readings and expenses that stand apart into the goals and budget lines they are about."""
    for each in row.pop("readings", []):
        goal = row["goals"][each["goal"] - 1]
        goal.setdefault("readings", []).append(_without(each, {"goal"}))
    for each in row.pop("invoices", []):
        line = row["budget"][each["line"] - 1]
        line.setdefault("invoices", []).append(_without(each, {"line"}))
    for each in row.pop("spent", []):
        line = row["budget"][each["line"] - 1]
        line |= {"spent": each["amount"]} if "amount" in each else {}
        line |= {"difference": each["difference"]} if "difference" in each else {}
    return row


def _without(row: dict, names: Collection[str]) -> dict:
    return {name: deepcopy(value) for name, value in row.items() if name not in names}


def _questions_of(survey: dict) -> dict:
    kept = _without(survey, ANSWERED | {"closed_on"})
    return kept | {"questions": [_without(each, ANSWERED | {"answers"}) for each in survey["questions"]]}


# ---- what is wrong with it ---------------------------------------------------------------------------
def check_fields(demo: DemoCentre) -> None:
    """Raise FaultyData with all fields that are no fields."""
    faults = [fault for row in demo.projects for fault in _faults(row)]
    if faults:
        raise FaultyData("\n".join(faults))


def _faults(row: dict) -> Iterator[str]:
    where = row.get("key", row.get("title", "?"))
    tables: dict[str, set[str]] = {name: entered(model) for name, model in ROW_MODELS.items()}
    for name, extra in RESULTS.items():
        tables[name] |= extra
    tables |= TABLES | {"groups": entered(ProjectGroup) | {"leaders", "days"}}
    texts = entered(Edition) - {"title", "kind", "authors", "starts_on", "ends_on"}
    yield from _unknown(where, row, DETAILS | {"texts"} | set(tables))
    yield from _unknown(f"{where}, texts", row.get("texts", {}), texts)
    for name in ("key", "title", "kind", "starts_on", "author", "manager", "begun"):
        if name not in row:
            yield f"{where}: brakuje {name}"
    for name, allowed in tables.items():
        for number, each in enumerate(row.get(name, []), start=1):
            place = f"{where}, {name} {number}"
            yield from _unknown(place, each, allowed)
            for inner in LISTS.keys() & each.keys() - {"answers"}:
                for one in each[inner] if isinstance(each[inner], list) else ():
                    if isinstance(one, dict):
                        yield from _unknown(f"{place}, {inner}", one, LISTS[inner])


def _unknown(where: str, row: dict, allowed: Collection[str]) -> Iterator[str]:
    return (f"{where}: nieznane pole {name}" for name in row.keys() - set(allowed))


def check_references(demo: DemoCentre, projects: list[dict]) -> None:
    """Raise FaultyData for groups, accounts, families and portions that are not there, and days yet to come."""
    checker = ReferenceChecker(demo)
    for row in projects:
        checker.check(row)
    if checker.faults:
        raise FaultyData("\n".join(checker.faults))


class ReferenceChecker:
    """Collects ``faults``: names in the projects of a centre that name nothing."""

    def __init__(self, demo: DemoCentre):
        self.demo, self.faults = demo, list[str]()
        self.accounts = {each["username"] for each in demo.content["staff"]["people"]}
        self.places = {each["name"] for each in demo.content.get("places", ())}
        self.portions: set[str] = set()

    def check(self, row: dict) -> None:
        """One project; those it may refer to were checked before."""
        self.where, self.groups = row["key"], {each["name"]: each for each in row.get("groups", [])}
        self._check_days(row)
        self._check_accounts(row)
        self._check_groups(row)
        for each in row.get("people", []):
            self._check_people(each)
        for each in row.get("surveys", []):
            if not each["questions"] or len(each.get("words", [])) not in (0, 5):
                self._fault(f"ankieta {each['kind']}: brakuje pytań albo słów skali (pięć albo żadne)")

    def _check_accounts(self, row: dict) -> None:
        named = {row["author"], row["manager"]}
        for table in ("staff", "meetings", "consultations", "reports"):
            for each in row.get(table, []):
                named |= {each[name] for name in ACCOUNTS_IN[table] & each.keys()}
        for name in sorted(named - self.accounts):
            self._fault(f"nie ma konta {name}")

    def _check_groups(self, row: dict) -> None:
        for each in row.get("groups", []):
            if each.get("place", "") and each["place"] not in self.places:
                self._fault(f"nie ma miejsca {each['place']}")
            if each.get("days") and not has_days(each["kind"]):
                self._fault(f"{each['name']}: ten rodzaj zajęć nie ma dni")
        for table in ("meetings", "consultations"):
            for each in row.get(table, []):
                self._group(each)
        for each in row.get("meetings", []):
            if each["group"] in self.groups and not has_meetings(self.groups[each["group"]]["kind"]):
                self._fault(f"{each['group']}: ten rodzaj zajęć nie ma spotkań")

    def _check_days(self, row: dict) -> None:
        days = [self.demo.resolve(row[name]) for name in STEPS if name in row]
        if days != sorted(days):
            self._fault("kroki nie idą po kolei")
        if days[-1] > self.demo.day:
            self._fault("krok jest po dniu wczytania")
        missing = [name in row for name in STEPS]
        if missing != sorted(missing, reverse=True):
            self._fault("brakuje kroku pośrodku")

    def _check_people(self, row: dict) -> None:
        if "group" in row:
            self._group(row)
        elif len(self.groups) != 1:
            self._fault("people bez group, a grup nie jest jedna")
        named = row["families"] if isinstance(row.get("families"), list) else []
        for key in named:
            if key not in self.demo.families:
                self._fault(f"nie ma rodziny {key}")
        for name in ("same_as", "families_of"):
            if name in row and row[name] not in self.portions:
                self._fault(f"nie ma wcześniejszej porcji {row[name]}")
        if "key" in row:
            if row["key"] in self.portions:
                self._fault(f"porcja {row['key']} jest dwa razy")
            self.portions.add(row["key"])

    def _group(self, row: dict) -> None:
        if row["group"] not in self.groups:
            self._fault(f"nie ma grupy {row['group']}")

    def _fault(self, text: str) -> None:
        self.faults.append(f"{self.where}: {text}")


def day_of(demo: DemoCentre, row: dict[str, Any], name: str) -> date | None:
    """The day under this name, None where the step was not taken."""
    return demo.resolve(row[name]) if name in row else None
