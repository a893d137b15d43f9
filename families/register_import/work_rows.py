"""Checks the work with the families of a register: periods, bases, assistants, social workers, plans, assessments.

Only what no constraint would take, or what contradicts itself, is an error. A rule of the law that a row breaks is
listed as a remark: it was so before.
"""

from collections import defaultdict
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from django.db.models.functions import Upper

from families import law
from families.assessments.models import Assessment
from families.caseload.caseload import get_caseloads
from families.caseload.models import Assignment, LeadWorkerAssignment, LegalBasis, WorkPeriod
from families.choices import AssignmentKind, BasisKind, ClosingReason, PlanState
from families.plans.models import Plan
from families.register_import import cells
from families.register_import.register import FamilyEntry
from families.register_import.tables import RegisterRow
from lubsko_ops.accounts.models import Contract
from lubsko_ops.core.dates import ONE_DAY, add_months
from lubsko_ops.core.polish import count_of, join_list, short_date
from lubsko_ops.core.temporal import ValidTimeModel, day_before

if TYPE_CHECKING:
    from families.register_import.checking import Checker
    from families.register_import.staff import Staff

BASIS, CLOSING_REASON = cells.words_of(BasisKind), cells.words_of(ClosingReason)
ASSESSED_MONTHS = 6
ON_PAPER = "Cel główny jest w planie na papierze."
PLAN_REASON = "Plan powstał na papierze, zanim wczytano rejestr."
NO_WORK = "Z tą rodziną nie zaczęto pracy: w arkuszu Rodziny nie ma jej początku."


# ---- the period ------------------------------------------------------------------------------------
def read_period(checker: "Checker", entry: FamilyEntry, row: RegisterRow, starts_on: date | None) -> None:
    findings, read = checker.findings, checker.findings.read
    ends_on = read(row, "ends_on", cells.read_day)
    reason = (
        read(row, "closing_reason", cells.read_choice, CLOSING_REASON, "powód z arkusza „Jak wypełnić”") or ""
    )
    reference = read(row, "case_reference", cells.read_text) or ""
    register_number = read(row, "register_number", cells.read_text) or ""
    if starts_on is None:
        if (ends_on or reason or reference) and "starts_on" not in row.broken:
            findings.error(
                row, "starts_on", "Brakuje dnia, od którego trwa praca.", "uzupełnij początek pracy"
            )
        return
    if ends_on and ends_on < starts_on:
        findings.error(row, "ends_on", "Koniec pracy jest wcześniej niż początek.", "popraw daty w arkuszu")
    if ends_on and not reason and "closing_reason" not in row.broken:
        findings.error(row, "closing_reason", "Praca zakończyła się bez powodu.", "wpisz powód zakończenia")
    if reason and not ends_on and "ends_on" not in row.broken:
        findings.error(row, "ends_on", "Jest powód zakończenia, a nie ma jego dnia.", "wpisz koniec pracy")
    if starts_on < law.IN_FORCE:
        text = f"Asystenci rodziny pracują od {short_date(law.IN_FORCE)}. Praca zaczyna się wcześniej."
        findings.remark(row, "starts_on", text, "sprawdź rok; można wczytać")
    if starts_on > checker.today:
        findings.remark(
            row, "starts_on", "Praca zacznie się dopiero w przyszłości.", "sprawdź rok; można wczytać"
        )
    period = WorkPeriod(
        family=entry.family, year=starts_on.year, serial=0, starts_on=starts_on, ends_on=ends_on,
        closing_reason=reason, case_reference=reference, register_number=register_number,
    )  # fmt: skip
    findings.clean(row, period, {"case_reference": "case_reference", "register_number": "register_number"})
    entry.period = period
    entry.add(row, period)


def _refuse_without_work(checker: "Checker", entry: FamilyEntry, row: RegisterRow, key: str) -> None:
    """A row of work that has not begun; nothing when its first day itself is wrong."""
    if "starts_on" not in entry.row.broken:
        checker.findings.error(row, key, NO_WORK, "uzupełnij początek pracy")


def _read_days(checker: "Checker", entry: FamilyEntry, row: RegisterRow) -> tuple[date | None, date | None]:
    """First and last day of a row within the work; the last one of an ended work when it is empty."""
    findings = checker.findings
    starts_on = findings.read(row, "starts_on", cells.read_day)
    ends_on = findings.read(row, "ends_on", cells.read_day)
    if starts_on and ends_on and ends_on < starts_on:
        findings.error(row, "ends_on", "Koniec jest wcześniej niż początek.", "popraw daty w arkuszu")
        return starts_on, None
    period = entry.period
    if period and period.ends_on and starts_on:
        if starts_on > period.ends_on:
            text = f"Zaczyna się po końcu pracy z rodziną ({short_date(period.ends_on)})."
            findings.error(row, "starts_on", text, "popraw daty w arkuszu")
        elif ends_on is None and "ends_on" not in row.broken:
            ends_on = period.ends_on
        elif ends_on and ends_on > period.ends_on:
            text = (
                f"Trwa dłużej niż praca z rodziną (do {short_date(period.ends_on)}). Skrócimy do tego dnia."
            )
            findings.remark(row, "ends_on", text)
            ends_on = period.ends_on
    return starts_on, ends_on


# ---- assistants and social workers -----------------------------------------------------------------
def read_assignment(checker: "Checker", entry: FamilyEntry, row: RegisterRow) -> None:
    findings = checker.findings
    assistant = findings.read(row, "assistant", checker.assistants.read)
    social_worker = findings.read(row, "social_worker", checker.social_workers.read)
    starts_on, ends_on = _read_days(checker, entry, row)
    if not (assistant or social_worker) and not {"assistant", "social_worker"} & row.broken:
        findings.error(
            row, "assistant", "Nie wiadomo, kogo przydzielono.", "wpisz asystenta albo pracownika socjalnego"
        )
    if starts_on is None or row.broken:
        return
    if assistant and entry.period is None:
        _refuse_without_work(checker, entry, row, "assistant")
    elif assistant and entry.period:
        if starts_on < entry.period.starts_on:
            text = (
                f"Asystent jest przydzielony przed początkiem pracy ({short_date(entry.period.starts_on)})."
            )
            findings.error(row, "starts_on", text, "popraw daty w arkuszu")
            return
        if not checker.assistants.holds_role(assistant, starts_on):
            text = f"{assistant} nie miał(a) jeszcze wtedy w programie roli asystenta rodziny."
            findings.remark(row, "assistant", text)
        elif law.outside_contract_refusal(on=starts_on, contracts=checker.contracts.get(assistant.pk, ())):
            findings.remark(row, "assistant", f"{assistant} nie ma w programie umowy na dzień przydzielenia.")
        assignment = Assignment(
            period=entry.period, assistant=assistant, kind=AssignmentKind.LEADING,
            starts_on=starts_on, ends_on=ends_on,
        )  # fmt: skip
        entry.assignments.append((row, assignment))
        entry.add(row, assignment)
    if social_worker:
        if not checker.social_workers.holds_role(social_worker, starts_on):
            text = f"{social_worker} nie miał(a) jeszcze wtedy w programie roli pracownika socjalnego."
            findings.remark(row, "social_worker", text)
        lead = LeadWorkerAssignment(
            family=entry.family, social_worker=social_worker, starts_on=starts_on, ends_on=ends_on
        )
        entry.leads.append((row, lead))
        entry.add(row, lead)


def _separate(checker: "Checker", rows: list[tuple[RegisterRow, ValidTimeModel]], who: str) -> None:
    """Rows of which one holds at a time: an end that is missing, or on the day of the next row, is the day before."""
    rows = sorted(rows, key=lambda each: each[1].starts_on)
    for (row, earlier), (later_row, later) in pairwise(rows):
        day = day_before(later.starts_on)
        if earlier.ends_on is not None and earlier.ends_on < later.starts_on:
            continue
        if day < earlier.starts_on or (earlier.ends_on and earlier.ends_on > later.starts_on):
            text = f"W tym czasie {who} jest już ktoś inny (wiersz {row.number})."
            checker.findings.error(later_row, "starts_on", text, "popraw daty w arkuszu")
            continue
        text = f"Od {short_date(later.starts_on)} {who} jest następna osoba. Skrócimy do {short_date(day)}."
        checker.findings.remark(row, "ends_on", text)
        earlier.ends_on = day


def _remark_on_absent(
    checker: "Checker",
    rows: list[tuple[RegisterRow, Assignment]] | list[tuple[RegisterRow, LeadWorkerAssignment]],
    staff: "Staff",
    key: str,
) -> None:
    """A family that stays with a closed account, or with one without the role: nobody would see its deadlines."""
    for row, each in rows:
        user, day = getattr(each, key), max(each.starts_on, checker.today)
        if each.is_active_on(day) and not (user.is_active and staff.holds_role(user, day)):
            text = f"{user} nie ma dnia {short_date(day)} czynnego konta z rolą: {staff.role.label}."
            checker.findings.remark(row, key, text, "można wczytać; przekaż potem rodzinę komuś innemu")


# ---- bases -----------------------------------------------------------------------------------------
def read_basis(checker: "Checker", entry: FamilyEntry, row: RegisterRow) -> None:
    findings = checker.findings
    kind = (
        findings.read(row, "kind", cells.read_choice, BASIS, f"jedno z: {'; '.join(BasisKind.labels)}") or ""
    )
    starts_on, ends_on = _read_days(checker, entry, row)
    reference = findings.read(row, "reference", cells.read_text) or ""
    named = findings.read(row, "person", cells.read_text) or ""
    people = entry.person_named(named) if named else []
    of_family = join_list((str(person) for _, person, _ in entry.people), "albo")
    todo = f"wpisz jedną z osób tej rodziny: {of_family}" if of_family else "dopisz osoby tej rodziny"
    if named and not people:
        findings.error(row, "person", f"W tej rodzinie nie ma osoby {cells.shown(named)}.", todo)
    elif len(people) > 1:
        findings.error(row, "person", f"W tej rodzinie jest kilka osób {cells.shown(named)}.", todo)
    elif kind in (BasisKind.CONSENT, BasisKind.MINOR_PARENT) and not named and "person" not in row.broken:
        findings.error(row, "person", "Ta podstawa wymaga osoby, której dotyczy.", todo)
    if entry.period is None:
        _refuse_without_work(checker, entry, row, "number")
    if row.broken or starts_on is None or entry.period is None:
        return
    person = people[0] if people else None
    basis = LegalBasis(
        period=entry.period,
        kind=kind,
        person=person,
        reference=reference,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    findings.clean(row, basis, {"reference": "reference"})
    entry.bases.append((row, basis))
    entry.add(row, basis)


# ---- plans -----------------------------------------------------------------------------------------
def read_plan(checker: "Checker", entry: FamilyEntry, row: RegisterRow) -> None:
    findings = checker.findings
    days = {
        key: findings.read(row, key, cells.read_day) for key in ("covers_from", "covers_to", "accepted_on")
    }
    goal = findings.read(row, "main_goal", cells.read_text) or ON_PAPER
    covers_from, covers_to, accepted_on = days.values()
    if covers_from and covers_to and covers_to < covers_from:
        findings.error(row, "covers_to", "Koniec okresu planu jest wcześniej niż początek.")
    if accepted_on and accepted_on > checker.today:
        findings.error(row, "accepted_on", "Plan jest zaakceptowany w przyszłości.", "sprawdź rok")
    if entry.period is None:
        _refuse_without_work(checker, entry, row, "number")
    if row.broken or not (covers_from and covers_to and accepted_on and entry.period):
        return
    period, begins = entry.period, max(covers_from, accepted_on)
    if period.ends_on and begins > period.ends_on:
        findings.error(
            row, "covers_from", "Plan zaczyna się po końcu pracy z rodziną.", "popraw daty w arkuszu"
        )
        return
    if begins < period.starts_on:
        text = "Plan zaczyna się przed początkiem pracy z rodziną."
        findings.error(row, "covers_from", text, "popraw okres planu albo początek pracy")
        return
    if covers_to < checker.today and not period.ends_on:
        findings.remark(
            row, "covers_to", "Okres tego planu już minął.", "można wczytać; napisz nową wersję planu"
        )
    plan = Plan(
        period=period, covers_from=covers_from, covers_to=covers_to, main_goal=goal, reason=PLAN_REASON,
        state=PlanState.SIGNED, drawn_up_on=accepted_on, accepted_on=accepted_on, in_force_from=begins,
    )  # fmt: skip
    entry.plans.append((row, plan))
    entry.add(row, plan)


def _finish_plans(checker: "Checker", entry: FamilyEntry) -> None:
    """Number the plans by their days; each holds until the next one, and its author is the assistant of its day."""
    entry.plans.sort(key=lambda each: each[1].in_force_from)
    for number, (row, plan) in enumerate(entry.plans, start=1):
        author = entry.assistant_on(plan.accepted_on)
        if author is None:
            text = "Nie wiadomo, kto pisał plan: rodzina nie ma przydzielonego asystenta."
            checker.findings.error(row, "number", text, "dopisz przydzielenie asystenta")
            continue
        plan.number, plan.author, plan.writers = number, author, [author.pk]
    for (row, plan), (later_row, later) in pairwise(entry.plans):
        plan.in_force_to = day_before(later.in_force_from)
        if plan.in_force_to < plan.in_force_from:
            text = f"W tym samym dniu zaczyna obowiązywać inny plan (wiersz {row.number})."
            checker.findings.error(later_row, "covers_from", text)


# ---- all rows of a family --------------------------------------------------------------------------
def finish_work(checker: "Checker", entry: FamilyEntry) -> None:
    """What is judged of all rows of one family."""
    _separate(checker, entry.assignments, "asystentem")
    _separate(checker, entry.leads, "pracownikiem socjalnym")
    _remark_on_absent(checker, entry.assignments, checker.assistants, "assistant")
    _remark_on_absent(checker, entry.leads, checker.social_workers, "social_worker")
    _finish_plans(checker, entry)
    _finish_assessment(checker, entry)
    members = {id(person): membership for _, person, membership in entry.people}
    for _, basis in entry.bases:
        if basis.person and (membership := members[id(basis.person)]).starts_on > basis.starts_on:
            born = basis.person.born_on
            membership.starts_on = max(basis.starts_on, born) if born else basis.starts_on
    period = entry.period
    if period is None:
        return
    bases = [(basis.starts_on, basis.ends_on) for _, basis in entry.bases]
    day = min(max(period.starts_on, checker.today), period.ends_on or date.max)
    if law.no_basis_refusal(on=day, bases=bases):
        text = f"Na dzień {short_date(day)} praca z rodziną nie ma podstawy."
        checker.findings.remark(entry.row, "number", text, "można wczytać; dopisz podstawę w teczce")
    if not entry.assignments and period.is_active_on(checker.today):
        text = "Rodzina, z którą trwa praca, nie ma asystenta."
        checker.findings.remark(entry.row, "number", text, "można wczytać; przydzielisz później")


def _finish_assessment(checker: "Checker", entry: FamilyEntry) -> None:
    """The last assessment: only its day is asked for, so it covers the half-year before it, within the work."""
    day, row, findings = entry.assessed_on, entry.row, checker.findings
    if day is None:
        return
    if entry.period is None:
        _refuse_without_work(checker, entry, row, "assessed_on")
    elif day > checker.today:
        findings.error(row, "assessed_on", "Ocena jest przekazana w przyszłości.", "sprawdź rok")
    elif day < entry.period.starts_on or (entry.period.ends_on and day > entry.period.ends_on):
        findings.error(row, "assessed_on", "Ocena leży poza czasem pracy z rodziną.", "popraw daty w arkuszu")
    elif (author := entry.assistant_on(day)) is None:
        text = "Nie wiadomo, czyja to ocena: rodzina nie ma przydzielonego asystenta."
        findings.error(row, "assessed_on", text, "dopisz przydzielenie asystenta")
    else:
        since = max(entry.period.starts_on, add_months(day, -ASSESSED_MONTHS) + ONE_DAY)
        entry.add(
            row,
            Assessment(
                period=entry.period, author=author, covers_from=since, covers_to=day, handed_over_on=day
            ),
        )


def check_limits(checker: "Checker") -> None:
    """Assistants who would lead more families today than the law allows: listed, because it was so before."""
    today = checker.today
    families: dict[int, set[int]] = defaultdict(set)
    rows: dict[int, RegisterRow] = {}
    for entry in checker.register.entries:
        for row, assignment in entry.assignments:
            if assignment.is_active_on(today):
                families[assignment.assistant.pk].add(id(entry))
                rows[assignment.assistant.pk] = row
    if not families:
        return
    caseloads = get_caseloads(list(families), since=today)
    contracts = Contract.objects.active_on(today).filter(user__in=families)
    for user in checker.assistants.users:
        if user.pk not in families:
            continue
        caseload = caseloads[user.pk].with_contracts(each for each in contracts if each.user_id == user.pk)
        count, adding, limit = caseload.count_on(today), len(families[user.pk]), caseload.limit_on(today)
        if refusal := law.caseload_limit_refusal(count, on=today, adding=adding):
            checker.findings.remark(rows[user.pk], "assistant", f"{user}: {refusal}")
        elif count + adding > limit:
            total = count_of(count + adding, law.FAMILIES)
            text = f"{user}: po wczytaniu prowadzi {total}, a umowa przewiduje najwyżej {limit}."
            checker.findings.remark(rows[user.pk], "assistant", text)


def check_references(checker: "Checker") -> None:
    """A znak sprawy belongs to one period of work, in the file and in the centre, in small letters or capitals."""
    periods = [(entry, entry.period) for entry in checker.register.entries if entry.period]
    typed = {period.case_reference.upper() for _, period in periods if period.case_reference}
    numbered = WorkPeriod.objects.filter(case_reference__gt="").annotate(key=Upper("case_reference"))
    taken = set(numbered.filter(key__in=typed).values_list("key", flat=True))
    seen: dict[str, RegisterRow] = {}
    for entry, period in periods:
        if not period.case_reference:
            continue
        key = period.case_reference.upper()
        other = seen.setdefault(key, entry.row)
        if key in taken:
            text = "Ten znak sprawy nosi już inny okres pracy w programie."
            checker.findings.error(entry.row, "case_reference", text, "sprawdź numer w spisie spraw")
        elif other is not entry.row:
            text = f"Ten znak sprawy nosi już rodzina z wiersza {other.number}."
            checker.findings.error(entry.row, "case_reference", text, "sprawdź numer w spisie spraw")
