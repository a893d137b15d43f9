"""Validation of a visit: errors by form field, and unusual values to confirm before saving."""

from collections.abc import Callable, Collection
from datetime import UTC, date, datetime, time, timedelta

from django.core.exceptions import ValidationError

from families import law
from families.caseload.models import Assignment, LegalBasis, WorkPeriod
from families.choices import Confirmation, OtherAttendee, VisitLocation, VisitResult
from families.people.models import Family, Membership
from families.plans.validators import visit_progress_refusals
from families.specialists.queries import without_access
from families.visits.dto import MAX_VISIT_LENGTH, VisitData
from families.visits.models import Visit
from lubsko_ops.accounts.models import Contract, User
from lubsko_ops.audit.access_log import note_shown
from lubsko_ops.centre.norms import get_norm
from lubsko_ops.core import clock
from lubsko_ops.core.compiled_query import CompiledQuery
from lubsko_ops.core.dates import ONE_DAY
from lubsko_ops.core.polish import count_of, format_minutes, short_date

DAYTIME = (time(6), time(22))
DOOR_OPENED = (VisitResult.HELD, VisitResult.REFUSED_ENTRY)


NO_VISIT = 0  # an id that no visit has
CONTRACTS = CompiledQuery(
    lambda user: Contract.objects.filter(user=user).values_list("starts_on", "ends_on"), user=-1
)
ASSIGNED = CompiledQuery(
    lambda period, assistant, day: (
        Assignment.objects.active_on(day).filter(period=period, assistant=assistant).values_list("pk")[:1]
    ),
    period=-1,
    assistant=-2,
    day=date.min,
)
BASES = CompiledQuery(
    lambda period: LegalBasis.objects.filter(period=period).values_list("starts_on", "ends_on"), period=-1
)
MEMBERS = CompiledQuery(
    lambda family, day: Membership.objects.members_on(day).filter(family=family).values_list("person"),
    family=-1,
    day=date.min,
)
NEARBY = CompiledQuery(
    lambda assistant, since, until, exclude: (
        Visit.objects.filter(assistant=assistant, started_at__lt=until, started_at__gt=since)
        .exclude(pk=exclude)
        .only("starts_at", "started_at", "minutes", "period")
    ),
    assistant=-1,
    since=datetime(1, 1, 2, tzinfo=UTC),
    until=datetime(1, 1, 3, tzinfo=UTC),
    exclude=-2,
)
LENGTHS = CompiledQuery(
    lambda assistant, since, until, exclude: (
        Visit.objects.filter(
            assistant=assistant, started_at__gte=since, started_at__lt=until, result=VisitResult.HELD
        )
        .exclude(pk=exclude)
        .values_list("minutes")
    ),
    assistant=-1,
    since=datetime(1, 1, 2, tzinfo=UTC),
    until=datetime(1, 1, 3, tzinfo=UTC),
    exclude=-2,
)


def check_visit(
    data: VisitData,
    *,
    period: WorkPeriod,
    assistant: User,
    exclude: int | None = None,
    kept_day: date | None = None,
    unknown: Collection[str] = (),
) -> None:
    """Raise a ValidationError with all refusals by form field.

    ``exclude``: id of the visit being corrected; ``kept_day``: its day. On that day it was the author's to make, so
    it stays theirs to correct, whatever became of the assignment since. ``unknown``: names of form fields without a
    value that can be read; what depends on them is not checked.
    """
    refusals: dict[str, str] = {}
    for check, needed in CHECKS.items():
        if needed.isdisjoint(unknown) and not (check is _check_day and data.visit.day == kept_day):
            texts = check(data, period, assistant)
            refusals |= {name: text for name, text in texts.items() if name not in refusals}
    if {"day", "held"}.isdisjoint(unknown):
        refusals = _check_plan_progress(data, period, exclude) | refusals
    if TIMES.isdisjoint({*refusals, *unknown}):
        refusals |= _check_overlap(data, assistant, exclude)
    if refusals:
        raise ValidationError(refusals)


def _check_hours(data: VisitData, *_) -> dict:
    at = f"{data.visit.starts_at:%H:%M}"
    if clock.is_nonexistent(data.visit.day, data.visit.starts_at):
        return {"starts_at": f"Tej nocy zegar przeskoczył o godzinę i {at} nie było. Popraw godzinę."}
    if data.fold is None and clock.is_ambiguous(data.visit.day, data.visit.starts_at):
        return {"second_hour": f"Tej nocy godzina {at} wypada dwa razy. Wybierz, która to była."}
    if data.visit.held and (refusals := _end_refusals(data)):
        return refusals
    if data.visit.held and data.ended_at == data.started_at:
        return {"ends_at": f"Wizyta od {at} do {at}: początek i koniec są takie same. Popraw godziny."}
    if data.length > MAX_VISIT_LENGTH:
        return {
            "ends_at": f"Wizyta od {at} do {data.ends_at:%H:%M}: koniec wypada przed początkiem. Popraw godziny."
        }
    if data.started_at > clock.now():
        name = "day" if data.visit.day > clock.today() else "starts_at"
        return {name: "Ta wizyta jeszcze się nie odbyła. Zapisz ją po powrocie."}
    if data.visit.held and data.ended_at > clock.now() + timedelta(minutes=5):
        return {"ends_at": "Ta godzina jeszcze nie nadeszła. Popraw koniec wizyty."}
    return {}


def _end_refusals(data: VisitData) -> dict:
    """Refusals of an end that the change of clocks skipped or repeated."""
    end = f"{data.ends_at:%H:%M}"
    if clock.is_nonexistent(data.last_day, data.ends_at):
        return {"ends_at": f"Tej nocy zegar przeskoczył o godzinę i {end} nie było. Popraw godzinę."}
    if data.end_fold is None and len(data.possible_ends) > 1:
        return {"second_end": f"Tej nocy godzina {end} wypada dwa razy. Wybierz, która to była."}
    return {}


def _check_day(data: VisitData, period: WorkPeriod, assistant: User) -> dict:
    day = data.visit.day
    refusal = law.outside_work_refusal(on=day, began_on=period.starts_on, ended_on=period.ends_on)
    assigned = period.assignments.active_on(day).filter(assistant=assistant)
    if refusal and assigned.filter(kind="monitoring").exists():
        refusal = ""
    refusal = refusal or law.outside_contract_refusal(on=day, contracts=CONTRACTS.rows(user=assistant.pk))
    if not refusal and not ASSIGNED.rows(period=period.pk, assistant=assistant.pk, day=day):
        refusal = f"W dniu {short_date(day)} ta rodzina nie była Ci przydzielona. Sprawdź datę."
    return {"day": refusal} if refusal else {}


def _check_attendees(data: VisitData, period: WorkPeriod, _) -> dict:
    if data.present and data.visit.result not in DOOR_OPENED:
        return {"present": "Przy tym wyniku nikogo z rodziny nie było. Odznacz osoby albo zmień wynik."}
    members = {person for (person,) in MEMBERS.rows(family=period.family_id, day=data.visit.day)}
    strangers = [person for person in data.present if person.pk not in members]
    if strangers:
        return {
            "present": f"{strangers[0]} nie należy do rodziny w dniu {short_date(data.visit.day)}. Odznacz tę osobę."
        }
    return {}


def _check_specialists(data: VisitData, period: WorkPeriod, _) -> dict:
    day, ids = data.visit.day, data.visit.specialists
    if strangers := without_access(period.family_id, ids, on=day):
        return {
            "specialists": f"{strangers[0]} nie ma dostępu do tej rodziny w dniu {short_date(day)}. Odznacz tę osobę."
        }
    return {}


def _check_texts(data: VisitData, *_) -> dict:
    refusals = {}
    if data.visit.held and not data.visit.facts.strip():
        refusals["facts"] = "Napisz krótko, co się działo na wizycie."
    if data.visit.place == VisitLocation.OTHER and not data.visit.place_note.strip():
        refusals["place_note"] = "Napisz, gdzie to było."
    if OtherAttendee.OTHER in data.visit.other_attendees and not data.visit.others_note.strip():
        refusals["others_note"] = "Napisz, kto to był."
    if (
        data.visit.held
        and data.visit.confirmation == Confirmation.REFUSED
        and not data.visit.no_signature_reason.strip()
    ):
        refusals["no_signature_reason"] = "Napisz, dlaczego odmówiono podpisu."
    return refusals


def _check_next_visit(data: VisitData, *_) -> dict:
    refusals = {}
    if data.visit.next_day and data.visit.next_day < data.visit.day:
        refusals["next_day"] = "Następna wizyta nie może wypaść przed tą. Popraw datę."
    if data.visit.next_at and not data.visit.next_day:
        refusals["next_day"] = "Podaj też datę następnej wizyty."
    return refusals


def _check_plan_progress(data: VisitData, period: WorkPeriod, visit: int | None) -> dict:
    if data.plan_progress and not data.visit.held:
        return {"held": "Wizyta się nie odbyła, więc nad planem nie pracowano. Odznacz działania z planu."}
    return visit_progress_refusals(data.plan_progress, period=period, day=data.visit.day, visit=visit)


def _check_concern(data: VisitData, *_) -> dict:
    concern = data.concern
    if concern is None:
        return {}
    refusals = {}
    if not concern.description.strip():
        refusals["danger_description"] = "Napisz, co zagraża i któremu dziecku."
    if not concern.action_taken.strip():
        refusals["danger_action_taken"] = "Napisz, co zrobiono na miejscu."
    if not concern.notified:
        refusals["danger_notified"] = "Wybierz, kogo zawiadomiono."
    return refusals


def _check_notification(data: VisitData, *_) -> dict:
    concern = data.concern
    if concern is None:
        return {}
    refusal = ""
    if concern.notified_at is None:
        refusal = "Podaj dzień i godzinę zawiadomienia."
    elif concern.notified_at > clock.now() + timedelta(minutes=5):
        refusal = "Ta chwila jeszcze nie nadeszła. Najpierw zawiadom, potem zapisz."
    elif concern.notified_at < data.started_at - timedelta(hours=1):
        refusal = "Zawiadomienie nie może być wcześniejsze niż wizyta. Popraw dzień i godzinę."
    return {"danger_notified_at": refusal} if refusal else {}


def _check_overlap(data: VisitData, assistant: User, exclude: int | None) -> dict:
    since = data.started_at - timedelta(hours=24)
    for other in NEARBY.all(
        assistant=assistant.pk, since=since, until=data.ended_at, exclude=exclude or NO_VISIT
    ):
        if other.started_at < data.ended_at and data.started_at < other.ended_at:
            family = other.period.family
            shown = Family.objects.visible_to(assistant, on=clock.today()).filter(pk=family.pk).exists()
            note_shown([family.pk] if shown else [])
            return {
                "starts_at": f"Od {other.starts_at:%H:%M} do {other.ended_at:%H:%M} masz już zapisaną wizytę: "
                f"{family if shown else 'w rodzinie, którą przekazano'}. Popraw godziny."
            }
    return {}


TIMES = frozenset({"day", "starts_at", "ends_at"})
CHECKS: dict[Callable[..., dict], frozenset[str]] = {  # the fields without which each says nothing
    _check_hours: TIMES | {"held"},
    _check_day: frozenset({"day"}),
    _check_attendees: frozenset({"day", "held"}),
    _check_specialists: frozenset({"day"}),
    _check_texts: frozenset({"held"}),
    _check_next_visit: frozenset({"day", "next_day"}),
    _check_concern: frozenset(),
    _check_notification: frozenset({"day", "starts_at", "danger_notified_on", "danger_notified_at"}),
}


def visit_confirmations(
    data: VisitData,
    *,
    period: WorkPeriod,
    assistant: User,
    exclude: int | None = None,
    kept_day: date | None = None,
) -> list[str]:
    """Unusual but possible values, to be confirmed by the user before saving. Arguments as of ``check_visit``."""
    confirmations = []
    day = data.visit.day
    if day != kept_day and period.is_active_on(day):
        bases = BASES.rows(period=period.pk)
        confirmations += filter(None, [law.no_basis_refusal(on=day, bases=bases)])
    days = (clock.today() - data.visit.day).days
    if days > get_norm("visit_warning_days", on=clock.today()):
        confirmations.append(f"Ta wizyta była {count_of(days, 'dzień,dni,dni')} temu.")
    if not DAYTIME[0] <= data.visit.starts_at < DAYTIME[1]:
        confirmations.append(f"Wizyta zaczyna się w nocy, o {data.visit.starts_at:%H:%M}.")
    minutes = data.minutes if data.visit.held else 0
    minutes += _minutes_on(assistant, data.visit.day, exclude)
    if minutes > get_norm("visit_warning_hours", on=clock.today()) * 60:
        confirmations.append(f"Wizyty tego dnia trwałyby razem {format_minutes(minutes)}.")
    return confirmations


def _minutes_on(assistant: User, day: date, exclude: int | None) -> int:
    # Instants, because the index of an assistant's visits has them and not the day.
    since, until = clock.to_instant(day, time.min), clock.to_instant(day + ONE_DAY, time.min)
    rows = LENGTHS.rows(assistant=assistant.pk, since=since, until=until, exclude=exclude or NO_VISIT)
    return sum(minutes for (minutes,) in rows)
