"""The psychologist of the demo centre, from ``specialists.toml``: access to families, consultations."""

from datetime import date, time

from devtools.demo.dataset import read, resolve_date
from devtools.demo.families import get_family
from families.specialists.actions import add_specialist
from families.specialists.models import FamilySpecialist
from lubsko_ops.accounts.models import User
from lubsko_ops.core import clock
from lubsko_ops.core.polish import count_of
from projects.consultations.actions import make_appointment, record_consultation
from projects.models import Consultation

PROGRESS_MESSAGE = "Dopuszczam psychologa i zapisuję konsultacje"


def load(day: date) -> str:
    """Accesses, consultations held and those to come; returns a summary for the terminal."""
    data, users = read("specialists"), {user.username: user for user in User.objects.all()}
    specialist = users[data["user"]]
    for row in data["accesses"]:
        since = resolve_date(day, row["since"])
        access = FamilySpecialist(specialist=specialist, starts_on=since, purpose=row["purpose"])
        with clock.freeze_time(since):
            add_specialist(family=get_family(row["family"]), row=access, by=users[row["by"]])
    for row in data["consultations"]:
        held = resolve_date(day, row["ago"])
        with clock.freeze_time(clock.to_instant(held, time(15))):
            consultation = _consultation(row, held, users)
            consultation.note, consultation.readers = row["note"], row["readers"]
            record_consultation(row=consultation, by=specialist)
    with clock.freeze_time(clock.to_instant(day, time(8))):
        for row in data["appointments"]:
            make_appointment(row=_consultation(row, resolve_date(day, row["in"]), users), by=specialist)
    return count_of(Consultation.objects.count(), "konsultacja,konsultacje,konsultacji")


def _consultation(row: dict, day: date, users: dict[str, User]) -> Consultation:
    """A consultation as entered, not saved."""
    whom = {"family": get_family(row["family"])} if "family" in row else {"worker": users[row["worker"]]}
    hour = time.fromisoformat(row["hour"])
    return Consultation(day=day, starts_at=hour, minutes=row["minutes"], subject=row["subject"], **whom)
