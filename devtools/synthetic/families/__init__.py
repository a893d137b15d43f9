"""The big data set, families: households, years of work, a diary of every visit, the register of readings.

First it is settled who works with whom and when (plan.py), then the rows are made of it: people.py, work.py,
work_plans.py, diary.py (which also writes the readings). Each writes its tables by COPY, bare of indexes, and their
history.
"""

from devtools.synthetic.centre import Big
from devtools.synthetic.people import write_people
from devtools.synthetic.plans import write_plans
from devtools.synthetic.schedule import make_plan
from devtools.synthetic.visits import write_diary
from devtools.synthetic.work import write_work
from families.caseload import families_without_work
from families.deadlines.recalculate import recalculate_all
from families.people.duplicates.candidate_cache import rebuild_candidates
from families.people.models import Family, Person
from families.plans.models import Plan
from families.visits.models import Visit
from lubsko_ops.core.polish import count_of

PROGRESS_MESSAGE = "Wpisuję rodziny, lata pracy z nimi i wizyty"


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
    recalculate_all(on=big.day)
    big.say("obowiązki")
    rebuild_candidates()
    families_without_work.rebuild()
    made = [
        (Family, "rodzina,rodziny,rodzin"),
        (Person, "osoba,osoby,osób"),
        (Visit, "wizyta,wizyty,wizyt"),
        (Plan, "wersja planu,wersje planu,wersji planu"),
    ]
    return ", ".join(count_of(model.objects.count(), forms) for model, forms in made)
