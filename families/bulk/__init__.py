"""The big data set, families: households, years of work, a diary of every visit, the register of readings.

First it is settled who works with whom and when (plan.py), then the rows are made of it: people.py, work.py,
work_plans.py, diary.py (which also writes the readings). Each writes its tables by COPY, bare of indexes, and their
history.
"""

from families.assignments import not_begun
from families.bulk.diary import write_diary
from families.bulk.people import write_people
from families.bulk.plan import make_plan
from families.bulk.work import write_work
from families.bulk.work_plans import write_plans
from families.duties.refresh import refresh_all
from families.models import Family, Person, Plan, Visit
from families.people.same_person.stored import rebuild_pairs
from lubsko_ops.bulk.big import Big
from lubsko_ops.polish import count_of

DOES = "Wpisuję rodziny, lata pracy z nimi i wizyty"


def load(big: Big) -> str:
    """Everything the application keeps about families, ending with what is due; returns what was made, in words."""
    households = make_plan(big)
    write_people(big, households)
    big.say("rodziny i osoby")
    write_work(big, households)
    big.say("praca z rodzinami")
    write_plans(big, households)
    big.say("plany pracy")
    write_diary(big, households)
    refresh_all(on=big.day)
    big.say("obowiązki")
    rebuild_pairs()
    not_begun.rebuild()
    made = [
        (Family, "rodzina,rodziny,rodzin"),
        (Person, "osoba,osoby,osób"),
        (Visit, "wizyta,wizyty,wizyt"),
        (Plan, "wersja planu,wersje planu,wersji planu"),
    ]
    return ", ".join(count_of(model.objects.count(), forms) for model, forms in made)
