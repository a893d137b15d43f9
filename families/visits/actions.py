"""Deeds about visits and contacts. Views, demo and tests call the same deeds."""

from datetime import date, time

from django.core.exceptions import PermissionDenied, ValidationError

from families import law
from families.caseload.models import WorkPeriod
from families.choices import AgreementResult
from families.plans.actions import touch_actions
from families.visits.dto import TickData, VisitData
from families.visits.models import (
    Agreement,
    AgreementOutcome,
    Contact,
    SafeguardingConcern,
    SafeguardingStep,
    Visit,
    VisitAttendee,
)
from families.visits.validators import check_visit
from lubsko_ops.accounts.models import User
from lubsko_ops.audit.history import bulk_save_with_history, delete_with_history, lock_row, save_with_history
from lubsko_ops.core import clock
from lubsko_ops.core.actions import action
from lubsko_ops.core.polish import short_date

PLAIN = (
    *(
        "day",
        "starts_at",
        "begins",
        "minutes",
        "place",
        "place_note",
        "kind",
        "result",
        "others",
        "others_note",
    ),
    *("areas", "tasks", "facts", "opinion", "next_day", "next_at"),
    *("confirmation", "confirmation_why", "kilometres"),
)


@action
def log_visit(*, period: WorkPeriod, data: VisitData, by: User) -> Visit:
    """Write a visit of this assistant, with everything said of it.

    Raises ValidationError with sentences beside the fields of the form: a day to come, hours that overlap, a day
    outside the contract, the assignment or the work, danger without its details.
    """
    _one_at_a_time(by)
    check_visit(data, period=period, assistant=by)
    visit = _fill(Visit(period=period, assistant=by), data)
    save_with_history(visit, by=by, why="Wpis wizyty")
    _write_beside(visit, data, by=by, why="Wpis wizyty")
    return visit


@action
def correct_visit(*, visit: Visit, data: VisitData, version: int | None, by: User) -> Visit:
    """Correct one's own visit; what it was stays in the history. Raises Conflict, and ValidationError as above."""
    row = lock_row(Visit.objects, pk=visit.pk, version=version)
    if row.assistant_id != by.pk:
        raise PermissionDenied("Wizytę poprawia tylko ten, kto ją wpisał.")
    _one_at_a_time(by)
    check_visit(data, period=row.period, assistant=by, leaving_out=row.pk)
    why = "Poprawienie wizyty"
    save_with_history(_fill(row, data), by=by, why=why)
    _write_beside(row, data, by=by, why=why)
    return row


def _one_at_a_time(assistant: User) -> None:
    """Of two visits of one assistant sent at once the second waits and then hears of the first.

    Otherwise the exclusion constraint lets each wait for the other, and the database ends one of them.
    """
    User.objects.select_for_update(of=("self",), no_key=True).get(pk=assistant.pk)


def _fill(visit: Visit, data: VisitData) -> Visit:
    for name in PLAIN:
        setattr(visit, name, getattr(data, name))
    visit.second_hour = bool(data.second_hour)
    return visit


def _write_beside(visit: Visit, data: VisitData, *, by: User, why: str) -> None:
    """Bring the rows that hang on a visit to what was said: people, agreements, ticks, plan, danger."""
    _write_present(visit, data, by, why)
    _write_agreements(visit, data, by, why)
    for tick in data.ticks:
        _tick(visit, tick, by, why)
    touch_actions(visit=visit, touches=data.touches, by=by, why=why)
    _write_danger(visit, data, by, why)


def _new(visit: Visit) -> bool:
    """Written for the first time: nothing hangs on it yet, so nothing is asked for."""
    return visit.version == 1


def _write_present(visit: Visit, data: VisitData, by: User, why: str) -> None:
    before = {} if _new(visit) else {row.person_id: row for row in visit.presences.all()}
    for person_id in before.keys() - {person.pk for person in data.present}:
        delete_with_history(before[person_id], by=by, why=why)
    fresh = [VisitAttendee(visit=visit, person=person) for person in data.present if person.pk not in before]
    bulk_save_with_history(fresh, by=by, why=why)


def _write_agreements(visit: Visit, data: VisitData, by: User, why: str) -> None:
    kept = {agreed.row.pk for agreed in data.agreements if agreed.row}
    for row in () if _new(visit) else visit.agreements.all():
        if row.pk not in kept:
            delete_with_history(row, by=by, why=why)
    fresh = []
    for agreed in data.agreements:
        values = {name: getattr(agreed, name) for name in ("what", "person", "agreed_by", "due_on")}
        if agreed.row is None:
            fresh.append(Agreement(visit=visit, **values))
        elif values != {name: getattr(agreed.row, name) for name in values}:
            for name, value in values.items():
                setattr(agreed.row, name, value)
            save_with_history(agreed.row, by=by, why=why)
    bulk_save_with_history(fresh, by=by, why=why)


def _tick(visit: Visit, tick: TickData, by: User, why: str) -> None:
    if tick.agreement.visit.period.family_id != visit.period.family_id:
        raise ValidationError("To ustalenie należy do innej rodziny.")
    row = (
        None
        if _new(visit)
        else AgreementOutcome.objects.filter(agreement=tick.agreement, visit=visit).first()
    )
    row = row or AgreementOutcome(agreement=tick.agreement, visit=visit)
    moved_to = tick.moved_to if tick.outcome == AgreementResult.MOVED else None
    if (row.outcome, row.moved_to) != (tick.outcome, moved_to):
        row.outcome, row.moved_to = tick.outcome, moved_to
        save_with_history(row, by=by, why=why)


def _write_danger(visit: Visit, data: VisitData, by: User, why: str) -> None:
    said = data.danger
    row = None if _new(visit) else SafeguardingConcern.objects.filter(visit=visit).first()
    if said is None:
        if row is not None:
            raise ValidationError(
                {"danger": "Zgłoszonego zagrożenia nie można cofnąć. Gdy ustało, zapisz to w jego przebiegu."}
            )
        return
    row = row or SafeguardingConcern(visit=visit)
    for name in ("description", "action_taken", "notified", "notified_who", "notified_at"):
        setattr(row, name, getattr(said, name))
    save_with_history(row, by=by, why=why)


@action
def follow_danger(
    *,
    report: SafeguardingConcern,
    day: date,
    what: str,
    closes: bool = False,
    reopens: bool = False,
    by: User,
) -> SafeguardingStep:
    """Write what was done about a danger.

    closes: the danger is over; reopens: that it was over proved wrong, it goes on. Raises ValidationError with
    sentences beside the fields of the form.
    """
    report = (
        SafeguardingConcern.objects.select_for_update(of=("self",)).select_related("visit").get(pk=report.pk)
    )
    refusals, last = {}, report.last_word()
    if reopens and not (last and last.closes):
        refusals["reopens"] = "To zagrożenie nie jest zamknięte. Zapisz krok bez tego zaznaczenia."
    if closes and last and last.closes:
        refusals["closes"] = "To zagrożenie jest już zamknięte."
    if day > clock.today():
        refusals["day"] = "Ten dzień jeszcze nie nadszedł."
    elif day < report.visit.day:
        refusals["day"] = "Ten dzień jest wcześniejszy niż zgłoszenie zagrożenia."
    elif last and (closes or reopens) and day < last.day:
        said = "ustało" if last.closes else "trwa nadal"
        refusals["day"] = (
            f"Pod dniem {short_date(last.day)} zapisano już, że zagrożenie {said}. Popraw dzień."
        )
    if not what.strip():
        refusals["what"] = "Napisz, co zrobiono."
    if refusals:
        raise ValidationError(refusals)
    row = SafeguardingStep(report=report, day=day, what=what, closes=closes, reopens=reopens)
    why = (
        "Zagrożenie ustało" if closes else "Zagrożenie trwa nadal" if reopens else "Krok w sprawie zagrożenia"
    )
    return save_with_history(row, by=by, why=why)


@action
def log_contact(
    *,
    period: WorkPeriod,
    day: date,
    way: str,
    party: str,
    about: str,
    by: User,
    starts_at: time | None = None,
    minutes: int | None = None,
    who: str = "",
) -> Contact:
    """Write a contact: a call, a letter, a meeting. A contact never counts as a visit."""
    _refuse_contact(period, day, starts_at)
    values = {"day": day, "starts_at": starts_at, "minutes": minutes, "way": way, "party": party}
    return save_with_history(
        Contact(period=period, author=by, who=who, about=about, **values), by=by, why="Wpis kontaktu"
    )


@action
def correct_contact(*, contact: Contact, version: int | None, by: User, **changes) -> Contact:
    """Correct one's own contact; what it was stays in the history."""
    row = lock_row(Contact.objects, pk=contact.pk, version=version)
    if row.author_id != by.pk:
        raise PermissionDenied("Kontakt poprawia tylko ten, kto go wpisał.")
    for name, value in changes.items():
        setattr(row, name, value)
    _refuse_contact(row.period, row.day, row.starts_at)
    return save_with_history(row, by=by, why="Poprawienie kontaktu")


def _refuse_contact(period: WorkPeriod, day: date, starts_at: time | None) -> None:
    """Contacts may follow the end of the work (a school calls), never come before it, never from the future."""
    if day > clock.today():
        raise ValidationError({"day": "Ten dzień jeszcze nie nadszedł. Popraw datę."})
    if starts_at and clock.to_instant(day, starts_at) > clock.now():
        raise ValidationError({"starts_at": "Ta godzina jeszcze nie nadeszła. Popraw godzinę."})
    if refusal := law.before_work_refusal(began_on=period.starts_on, on=day):
        raise ValidationError({"day": refusal})
