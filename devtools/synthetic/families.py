"""The families of the synthetic centre: households, years of work, plans, visits, the access log.

``schedule`` settles who works with whom and when; ``people``, ``work``, ``plans`` and ``visits`` write the rows and
their history by COPY, without indexes.
"""

from devtools.synthetic.bulk_copy import execute
from devtools.synthetic.centre import SyntheticCentre
from devtools.synthetic.people import write_people
from devtools.synthetic.plans import write_plans
from devtools.synthetic.projects import write_projects
from devtools.synthetic.schedule import make_schedule
from devtools.synthetic.visits import write_visits
from devtools.synthetic.work import write_work
from families.people.duplicates.candidate_cache import rebuild_candidates
from families.people.models import Family, Person
from families.plans.models import Plan
from families.visits.models import Visit
from lubsko_ops.core import clock
from lubsko_ops.core.polish import count_of
from lubsko_ops.core.stored_rows import STORED_ROWS, refresh_all
from projects.models import Participation

PROGRESS_MESSAGE = "Wpisuję rodziny, lata pracy z nimi i wizyty"


def load(centre: SyntheticCentre) -> str:
    """Write all rows about families, stored rows last; returns a summary for the terminal."""
    households = make_schedule(centre)
    write_people(centre, households)
    centre.report("rodziny i osoby")
    write_work(centre, households)
    centre.report("praca z rodzinami")
    write_plans(centre, households)
    centre.report("plany pracy")
    write_visits(centre, households)
    write_projects(centre, households)
    centre.report("projekty")
    # Without statistics each batch of stored rows would read the large tables whole.
    execute("ANALYZE (SKIP_LOCKED)")
    with clock.freeze_time(centre.day):
        for rows in STORED_ROWS:
            refresh_all(rows)
            centre.report(rows.label)
    rebuild_candidates()
    made = [
        (Family, "rodzina,rodziny,rodzin"),
        (Person, "osoba,osoby,osób"),
        (Visit, "wizyta,wizyty,wizyt"),
        (Plan, "wersja planu,wersje planu,wersji planu"),
        (Participation, "udział w projekcie,udziały w projektach,udziałów w projektach"),
    ]
    return ", ".join(count_of(model.objects.count(), forms) for model, forms in made)
