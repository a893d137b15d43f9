"""The families of a demo centre: their files and the years of work with them; a centre may have none.

``replay`` lets the events of the families happen day by day through the actions of the application; then the
generators write the visits and the plans.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time

from devtools.demo import plan_generator, visit_generator
from devtools.demo.dataset import Event, resolve_date, stable_random
from devtools.demo.demo_centre import DemoCentre
from devtools.demo.family_events import EVENTS, CentreReplay, FamilyReplay
from devtools.demo.visit_schedule import working_day
from families.people.models import Family
from lubsko_ops.accounts.models import User
from lubsko_ops.core import clock
from lubsko_ops.core.actions import action
from lubsko_ops.core.locks import lock
from lubsko_ops.core.polish import count_of

PROGRESS_MESSAGE = "Wpisuję rodziny i lata pracy z nimi"
FIRST_HOUR, SPREAD = 8, 6 * 60  # minutes: each family has its time of day between 8:00 and 14:00
BETWEEN_EVENTS = 9  # minutes between two events of one day
BIRTH_REPORTED_AFTER = 5  # days


def load(demo: DemoCentre) -> str:
    """Replay the years before the day; returns a summary for the terminal."""
    if not demo.families:
        return "ten ośrodek nie ma teczek rodzin"
    with clock.freeze_time(demo.day):
        visits, versions = _load(demo)
    families = count_of(len(demo.families), "rodzina,rodziny,rodzin")
    work = f"{count_of(visits, 'wizyta,wizyty,wizyt')}, {count_of(versions, 'wersja,wersje,wersji')} planów"
    return f"{families}, {work}"


@action
def _load(demo: DemoCentre) -> tuple[int, int]:
    """One action, so that deadlines are computed once, as of the day. It locks for all actions it calls."""
    lock(users=User.objects.values_list("pk", flat=True))
    replay(demo)
    rows = {family.name: family for family in Family.objects.all()}
    families = {key: rows[source.name] for key, source in demo.families.items() if source.visits}
    return visit_generator.generate(demo, families), plan_generator.generate(demo, families)


def get_family(demo: DemoCentre, key: str) -> Family:
    """Return a family of the loaded demo by its key ("kowalscy"), with one statement."""
    return Family.objects.get(name=demo.families[key].name)


def replay(demo: DemoCentre) -> None:
    """Let all events happen in the order of days, so that case numbers grow and each row is entered on its day."""
    centre = CentreReplay(demo)
    centre.families = {key: FamilyReplay(source, centre) for key, source in demo.families.items()}
    events = [each for family in centre.families.values() for each in _scheduled(family)]
    for moment, family, event in sorted(events, key=lambda each: each[0]):
        function, author = EVENTS[event.event]
        family.on, family.by = clock.local_date(moment), family.author(event.by or author)
        with clock.freeze_time(moment):
            function(family, **event.details)


def _scheduled(family: FamilyReplay) -> Iterator[tuple[datetime, FamilyReplay, Event]]:
    """The events with their moments: working hours, several of one day in the order in which they are written."""
    taken: dict[date, int] = defaultdict(int)
    start = FIRST_HOUR * 60 + stable_random(family.source.key, SPREAD)
    for event in (*family.source.events, *_births(family)):
        on = event_day(family.centre.day, event)
        minutes = start + BETWEEN_EVENTS * taken[on]
        taken[on] += 1
        yield datetime.combine(on, time(minutes // 60, minutes % 60), clock.WARSAW), family, event


def event_day(day: date, event: Event) -> date:
    """The day of an event, or the last working day before it: nobody enters families on a holiday."""
    return working_day(resolve_date(day, event.ago))


def _births(family: FamilyReplay) -> Iterator[Event]:
    """Children younger than the file: the centre learns of each some days after the birth."""
    day, source = family.centre.day, family.source
    opened_on = event_day(day, source.events[0])
    for person in source.people:
        if not person.origin and (born_on := family.born_on(person)) > opened_on:
            yield Event(f"{(day - born_on).days - BIRTH_REPORTED_AFTER}d", "born", {"person": person})
