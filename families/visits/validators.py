"""May this visit be written down? Refusals beside their fields, and questions asked before saving."""

from datetime import date, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.db.models import Sum

from families import law
from families.caseload.models import WorkPeriod
from families.choices import Confirmation, OtherAttendee, VisitLocation, VisitResult
from families.people.models import Membership
from families.plans.validators import why_not_touched
from families.visits.dto import LONGEST, DangerData, VisitData
from families.visits.models import Visit
from lubsko_ops.accounts.models import Contract, User
from lubsko_ops.centre.norms import get_norm
from lubsko_ops.core import clock
from lubsko_ops.core.polish import count_of, format_minutes, short_date

NIGHT = (time(6), time(22))
OPEN_DOOR = (VisitResult.HELD, VisitResult.REFUSED_ENTRY)


def check_visit(
    data: VisitData, *, period: WorkPeriod, assistant: User, leaving_out: int | None = None
) -> None:
    """Raise every refusal at once. ``leaving_out``: the visit being corrected."""
    refusals: dict[str, str] = {}
    for check in (_hours, _day, _present, _words, _after, _danger):
        refusals |= {
            name: text for name, text in check(data, period, assistant).items() if name not in refusals
        }
    refusals = _touches(data, period, leaving_out) | refusals
    if not {"day", "starts_at", "ends_at"} & set(refusals):
        refusals |= _overlap(data, assistant, leaving_out)
    if refusals:
        raise ValidationError(refusals)


def _hours(data: VisitData, *_) -> dict:
    at = f"{data.starts_at:%H:%M}"
    if clock.is_nonexistent(data.day, data.starts_at):
        return {"starts_at": f"Tej nocy zegar przeskoczył o godzinę i {at} nie było. Popraw godzinę."}
    if data.second_hour is None and clock.is_ambiguous(data.day, data.starts_at):
        return {"second_hour": f"Tej nocy godzina {at} wypada dwa razy. Wybierz, która to była."}
    if data.held and data.ends_at == data.starts_at:
        return {"ends_at": "Początek i koniec wizyty są takie same. Popraw godziny."}
    if data.length > LONGEST:
        return {"ends_at": f"Koniec ({data.ends_at:%H:%M}) wypada przed początkiem ({at}). Popraw godziny."}
    if data.begins > clock.now():
        name = "day" if data.day > clock.today() else "starts_at"
        return {name: "Ta wizyta jeszcze się nie odbyła. Zapisz ją po powrocie."}
    if data.held and data.ends > clock.now() + timedelta(minutes=5):
        return {"ends_at": "Ta godzina jeszcze nie nadeszła. Popraw koniec wizyty."}
    return {}


def _day(data: VisitData, period: WorkPeriod, assistant: User) -> dict:
    day = data.day
    refusal = law.outside_work_refusal(on=day, began_on=period.starts_on, ended_on=period.ends_on)
    there = period.assignments.active_on(day).filter(assistant=assistant)
    if refusal and there.filter(kind="monitoring").exists():
        refusal = ""
    contracts = Contract.objects.filter(user=assistant).values_list("starts_on", "ends_on")
    refusal = refusal or law.outside_contract_refusal(on=day, contracts=contracts)
    if not refusal and not there.exists():
        refusal = f"W dniu {short_date(day)} ta rodzina nie była Ci przydzielona. Sprawdź datę."
    return {"day": refusal} if refusal else {}


def _present(data: VisitData, period: WorkPeriod, _) -> dict:
    if data.present and data.result not in OPEN_DOOR:
        return {"present": "Przy tym wyniku nikogo z rodziny nie było. Odznacz osoby albo zmień wynik."}
    members = set(
        Membership.objects.active_on(data.day)
        .filter(family=period.family_id)
        .values_list("person", flat=True)
    )
    strangers = [person for person in data.present if person.pk not in members]
    if strangers:
        return {
            "present": f"{strangers[0]} nie należy do rodziny w dniu {short_date(data.day)}. Odznacz tę osobę."
        }
    return {}


def _words(data: VisitData, *_) -> dict:
    refusals = {}
    if data.held and not data.facts.strip():
        refusals["facts"] = "Napisz krótko, co się działo na wizycie."
    if data.place == VisitLocation.OTHER and not data.place_note.strip():
        refusals["place_note"] = "Napisz, gdzie to było."
    if OtherAttendee.OTHER in data.others and not data.others_note.strip():
        refusals["others_note"] = "Napisz, kto to był."
    if data.held and data.confirmation == Confirmation.REFUSED and not data.confirmation_why.strip():
        refusals["confirmation_why"] = "Napisz, dlaczego odmówiono podpisu."
    return refusals


def _after(data: VisitData, *_) -> dict:
    refusals = {}
    if data.next_day and data.next_day < data.day:
        refusals["next_day"] = "Następna wizyta nie może wypaść przed tą. Popraw datę."
    if data.next_at and not data.next_day:
        refusals["next_day"] = "Podaj też datę następnej wizyty."
    return refusals


def _touches(data: VisitData, period: WorkPeriod, visit: int | None) -> dict:
    if data.touches and not data.held:
        return {"held": "Wizyta się nie odbyła, więc nad planem nie pracowano. Odznacz działania z planu."}
    return why_not_touched(data.touches, period=period, day=data.day, visit=visit)


def _danger(data: VisitData, *_) -> dict:
    danger = data.danger
    if danger is None:
        return {}
    refusals = {}
    if not danger.description.strip():
        refusals["danger_description"] = "Napisz, co zagraża i któremu dziecku."
    if not danger.action_taken.strip():
        refusals["danger_action"] = "Napisz, co zrobiono na miejscu."
    if not danger.notified:
        refusals["danger_notified"] = "Wybierz, kogo zawiadomiono."
    if refusal := _why_not_notified_then(danger, data.begins):
        refusals["danger_notified_at"] = refusal
    return refusals


def _why_not_notified_then(danger: DangerData, began: datetime) -> str:
    if danger.notified_at is None:
        return "Podaj dzień i godzinę zawiadomienia."
    if danger.notified_at > clock.now() + timedelta(minutes=5):
        return "Ta chwila jeszcze nie nadeszła. Najpierw zawiadom, potem zapisz."
    if danger.notified_at < began - timedelta(hours=1):
        return "Zawiadomienie nie może być wcześniejsze niż wizyta. Popraw dzień i godzinę."
    return ""


def _overlap(data: VisitData, assistant: User, leaving_out: int | None) -> dict:
    around = Visit.objects.filter(
        assistant=assistant, begins__lt=data.ends, begins__gt=data.begins - timedelta(hours=24)
    ).exclude(pk=leaving_out)
    for other in around.select_related("period__family"):
        if other.begins < data.ends and data.begins < other.ends:
            return {
                "starts_at": f"Od {other.starts_at:%H:%M} do {other.ends:%H:%M} masz już zapisaną wizytę: "
                f"{other.period.family}. Popraw godziny."
            }
    return {}


def questions(data: VisitData, *, assistant: User, leaving_out: int | None = None) -> list[str]:
    """What is odd but may be true: asked once before saving, never refused."""
    asked = []
    days = (clock.today() - data.day).days
    if days > get_norm("visit_warning_days"):
        asked.append(f"Ta wizyta była {count_of(days, 'dzień,dni,dni')} temu.")
    if not NIGHT[0] <= data.starts_at < NIGHT[1]:
        asked.append(f"Wizyta zaczyna się w nocy, o {data.starts_at:%H:%M}.")
    minutes = data.minutes if data.held else 0
    minutes += _minutes_of(assistant, data.day, leaving_out)
    if minutes > get_norm("visit_warning_hours") * 60:
        asked.append(f"Wizyty tego dnia trwałyby razem {format_minutes(minutes)}.")
    return asked


def _minutes_of(assistant: User, day: date, leaving_out: int | None) -> int:
    held = Visit.objects.filter(assistant=assistant, day=day, result=VisitResult.HELD).exclude(pk=leaving_out)
    return held.aggregate(sum=Sum("minutes"))["sum"] or 0
