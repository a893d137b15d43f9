"""The specialist of a demo centre, from ``specialists.toml``: access to families, consultations."""

from datetime import date, time

from devtools.demo.demo_centre import DemoCentre
from devtools.demo.families import get_family
from families.specialists.actions import add_specialist
from families.specialists.models import FamilySpecialist
from lubsko_ops.accounts.models import User
from lubsko_ops.core import clock
from lubsko_ops.core.polish import count_of
from projects.consultations.actions import make_appointment, record_consultation
from projects.models import Consultation

PROGRESS_MESSAGE = "Dopuszczam specjalistów i zapisuję konsultacje"


def load(demo: DemoCentre) -> str:
    """Accesses, consultations held and those to come; returns a summary for the terminal."""
    data, users = demo.read_optional("specialists"), demo.staff()
    specialist = users.get(data.get("user", ""))
    for row in data.get("accesses", ()):
        since = demo.resolve(row["since"])
        access = FamilySpecialist(specialist=specialist, starts_on=since, purpose=row["purpose"])
        with clock.freeze_time(since):
            add_specialist(family=get_family(demo, row["family"]), row=access, by=users[row["by"]])
    for row in data.get("consultations", ()):
        held = demo.resolve(row["ago"])
        with clock.freeze_time(clock.to_instant(held, time(15))):
            consultation = _consultation(demo, row, held, users)
            consultation.note, consultation.readers = row["note"], row["readers"]
            record_consultation(row=consultation, by=specialist)
    with clock.freeze_time(clock.to_instant(demo.day, time(8))):
        for row in data.get("appointments", ()):
            coming = _consultation(demo, row, demo.resolve(row["in"]), users)
            make_appointment(row=coming, by=specialist)
    return count_of(Consultation.objects.count(), "konsultacja,konsultacje,konsultacji")


def _consultation(demo: DemoCentre, row: dict, day: date, users: dict[str, User]) -> Consultation:
    """A consultation as entered, not saved."""
    whom = (
        {"family": get_family(demo, row["family"])} if "family" in row else {"worker": users[row["worker"]]}
    )
    hour = time.fromisoformat(row["hour"])
    return Consultation(day=day, starts_at=hour, minutes=row["minutes"], subject=row["subject"], **whom)
