"""The invented centre, the families: about three dozen files and the years of work with them.

Who they are stands in of_anna.py, of_ewa.py and of_others.py, in the notation of notation.py and steps.py;
``relive`` lets it happen day by day through the deeds of the application; diary/ tells the visits, plans/ the plans
of work. A later room adds a chapter of its own: steps by the key of the family, laid between those of the cases.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from devtools.demo.families import diary, plans
from devtools.demo.families.notation import Case, Step, before, scatter
from devtools.demo.families.of_anna import OF_ANNA
from devtools.demo.families.of_ewa import OF_EWA
from devtools.demo.families.of_others import OF_OTHERS
from devtools.demo.families.steps import born
from devtools.demo.families.story import Centre, Story
from families.people.models import Family
from lubsko_ops.core import clock
from lubsko_ops.core.actions import action
from lubsko_ops.core.dates import is_working_day
from lubsko_ops.core.polish import count_of

DOES = "Wpisuję rodziny i lata pracy z nimi"
CASES: dict[str, Case] = {case.key: case for case in (*OF_ANNA, *OF_EWA, *OF_OTHERS)}
FIRST_HOUR, SPREAD = 8, 6 * 60  # each family has its time of day between 8:00 and 14:00
BETWEEN_STEPS = 9  # minutes between two steps of one day
BIRTH_TOLD_AFTER = 5  # days


def load(day: date) -> str:
    """Let the years before the day happen; returns what was made, in words.

    One deed, so that what is due is reckoned once, as it stands on the day.
    """
    with clock.freeze_time(day):
        visits, versions = _happen(day)
    families = count_of(len(CASES), "rodzina,rodziny,rodzin")
    told = f"{count_of(visits, 'wizyta,wizyty,wizyt')}, {count_of(versions, 'wersja,wersje,wersji')} planów"
    return f"{families}, {told}"


@action
def _happen(day: date) -> tuple[int, int]:
    relive(day)
    found = {family.name: family for family in Family.objects.all()}
    keys = {key: found[case.name] for key, case in CASES.items()}
    return diary.live(day, keys), plans.live(day, keys)


def family(key: str) -> Family:
    """A family of the demo by its key ("kowalscy"), in any process once the demo is loaded: one statement."""
    return Family.objects.get(name=CASES[key].name)


def relive(day: date, *chapters: dict[str, list[Step]]) -> None:
    """Let everything happen in the order of days, so that numbers grow and each row is entered on its day."""
    centre = Centre(day)
    centre.stories = {key: Story(case, centre) for key, case in CASES.items()}
    happenings = []
    for key, story in centre.stories.items():
        added = [step for chapter in chapters for step in chapter.get(key, ())]
        happenings += _happenings(story, [*story.case.story, *_births(story), *added])
    for moment, story, step in sorted(happenings, key=lambda happening: happening[0]):
        story.on, story.by = clock.local_date(moment), story.author(step.by)
        with clock.freeze_time(moment):
            step.deed(story)


def working_day(day: date, ago: str) -> date:
    """The day so long before, or the last working day before it: nobody enters families on Christmas Day."""
    on = before(day, ago)
    while not is_working_day(on):
        on -= timedelta(days=1)
    return on


def _happenings(story: Story, steps: list[Step]) -> Iterator[tuple[datetime, Story, Step]]:
    """The steps with their moments: working hours, several of one day in the order in which they are written."""
    taken: dict[date, int] = defaultdict(int)
    start = FIRST_HOUR * 60 + scatter(story.case.key, SPREAD)
    for step in steps:
        on = working_day(story.centre.day, step.ago)
        minutes = start + BETWEEN_STEPS * taken[on]
        taken[on] += 1
        yield datetime.combine(on, time(minutes // 60, minutes % 60), clock.WARSAW), story, step


def _births(story: Story) -> Iterator[Step]:
    """Children younger than the file: the centre learns of each some days after the birth."""
    day = story.centre.day
    opened_on = working_day(day, story.case.story[0].ago)
    for somebody in story.case.people:
        if somebody.origin or (born_on := story.born_on(somebody)) <= opened_on:
            continue
        yield born(f"{(day - born_on).days - BIRTH_TOLD_AFTER}d", somebody)
