"""What can happen to a demo family: each step calls the deeds of the application, on its day, by its author."""

from dataclasses import dataclass
from datetime import timedelta

from devtools.demo.families.notation import Place, Somebody, Step
from devtools.demo.families.story import Story
from families.caseload.actions import (
    BasisData,
    add_basis,
    assign_assistant,
    assign_lead_worker,
    end_assignment,
    end_basis,
    end_work,
    hand_over,
    start_work_and_assign,
)
from families.caseload.models import LegalBasis
from families.choices import AddressKind, AssignmentKind, BasisKind, LivingArrangement
from families.people.actions import (
    add_phone,
    change_membership,
    correct_person,
    end_membership,
    end_phone,
    open_family,
    rename_family,
    set_category,
    set_problems,
)


def step(by: str):
    """Make a step out of a deed of a story, to be put into the past: ``moved("5m", town("Polna", "3"))``.

    ``by`` names the usual author ("region": the social worker of the place where the family lives); a case may
    name another one.
    """

    def decorate(deed):
        usual = by

        def happened(ago: str, *args, by: str = usual, **kwargs) -> Step:
            return Step(ago, by, lambda story: deed(story, *args, **kwargs))

        happened.__doc__ = deed.__doc__
        return happened

    return decorate


# ---- the file and its people -------------------------------------------------------------------------
@step(by="region")
def opened(story: Story, *, name: str = "") -> None:
    """The file with its people, address, category and problems."""
    case = story.case
    story.family = open_family(name=name or case.name, on=story.on, by=story.by)
    for somebody in case.people:
        if story.born_on(somebody) <= story.on:
            story.admit(somebody, since=story.on)
    story.write_address(case.place, family=story.family)
    set_category(family=story.family, category=case.category, on=story.on, by=story.by)
    set_problems(family=story.family, problems=case.problems, on=story.on, by=story.by)


@step(by="region")
def born(story: Story, somebody: Somebody) -> None:
    """A child born after the file was opened belongs to the family from its birth."""
    story.admit(somebody, since=story.born_on(somebody))


@step(by="region")
def moved(story: Story, place: Place) -> None:
    """The family moves; another region may begin with it."""
    story.region = place.region
    story.write_address(place, family=story.family)


@step(by="region")
def registered(story: Story, place: Place) -> None:
    """The address of registration, where it differs from that of living."""
    story.write_address(place, family=story.family, kind=AddressKind.REGISTERED)


@step(by="region")
def left_home(story: Story, first_name: str, place: Place | None = None) -> None:
    """A member lives elsewhere from this day."""
    before = story.memberships[first_name]
    member = change_membership(
        membership=before,
        kinship=before.kinship,
        stay=LivingArrangement.ELSEWHERE,
        since=story.on,
        version=None,
        by=story.by,
    )
    story.memberships[first_name] = member
    if place:
        story.write_address(place, membership=member)


@step(by="region")
def died(story: Story, first_name: str, *, days_before: int = 0) -> None:
    """A member died, some days before the centre learned of it."""
    last_day = story.on - timedelta(days=days_before)
    story.people[first_name] = correct_person(
        person=story.people[first_name], version=None, died_on=last_day, why="Zgon", by=story.by
    )
    end_membership(membership=story.memberships[first_name], on=last_day, version=None, by=story.by)


@step(by="region")
def took_name(story: Story, first_name: str, last_name: str, *, family: str) -> None:
    """A new surname of a member, and the new name of the file with it; the old surname still finds her."""
    person = story.people[first_name]
    story.people[first_name] = correct_person(
        person=person,
        version=None,
        last_name=last_name,
        other_spellings=[*person.other_spellings, f"{first_name} {person.last_name}"],
        why="Zmiana nazwiska po ślubie",
        by=story.by,
    )
    story.family = rename_family(family=story.family, name=family, version=None, by=story.by)


@step(by="region")
def new_phone(story: Story, first_name: str, number: str, note: str = "") -> None:
    """Another number; the one until now is out of use from the day before."""
    person = story.people[first_name]
    for phone in story.family.phones.active_on(story.on).filter(person=person):
        end_phone(phone=phone, on=story.on - timedelta(days=1), version=None, by=story.by)
    add_phone(family=story.family, person=person, number=number, note=note, since=story.on, by=story.by)


@step(by="region")
def problems_are(story: Story, *problems: str) -> None:
    """The problems recognised from this day."""
    set_problems(family=story.family, problems=problems, on=story.on, by=story.by)


@step(by="region")
def category_is(story: Story, category: str) -> None:
    """Another category from this day."""
    set_category(family=story.family, category=category, on=story.on, by=story.by)


# ---- the work ----------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Basis:
    """A basis of work: whose consent or whose minority, or which paper (its year is that of the day)."""

    kind: str
    of: str = ""
    reference: str = ""

    def on(self, story: Story) -> BasisData:
        return BasisData(
            kind=self.kind,
            starts_on=story.on,
            person=story.people.get(self.of),
            reference=f"{self.reference}/{story.on:%y}" if self.reference else "",
        )


def consent(of: str) -> Basis:
    """Consent of a member, by first name."""
    return Basis(BasisKind.CONSENT, of)


def minor_parent(of: str) -> Basis:
    """A parent who is not of age."""
    return Basis(BasisKind.MINOR_PARENT, of)


def court(reference: str) -> Basis:
    """An order of the family court: the reference without its year."""
    return Basis(BasisKind.COURT, reference=reference)


def za_zyciem(reference: str) -> Basis:
    """An application under "Za życiem": the reference without its year."""
    return Basis(BasisKind.ZA_ZYCIEM, reference=reference)


@step(by="maria")
def led(story: Story, who: str = "") -> None:
    """The leading social worker: the one of the region unless named."""
    worker = story.author(who or "region")
    assign_lead_worker(family=story.family, social_worker=worker, since=story.on, by=story.by)


@step(by="maria")
def begun(story: Story, assistant: str, *bases: Basis) -> None:
    """Work begins, with its case number, basis and assistant. A file without a leading social worker gets one."""
    if not story.family.leads.active_on(story.on).exists():
        assign_lead_worker(
            family=story.family, social_worker=story.social_worker, since=story.on, by=story.by
        )
    story.period = start_work_and_assign(
        family=story.family,
        assistant=story.author(assistant),
        starts_on=story.on,
        bases=[basis.on(story) for basis in bases],
        by=story.by,
    ).period


@step(by="maria")
def handed_over(story: Story, to: str, *, accompanied: int | None = None) -> None:
    """Another leading assistant; the one until now may accompany her until so many days after the loading."""
    until = None if accompanied is None else story.centre.day + timedelta(days=accompanied)
    hand_over(
        period=story.period,
        assistant=story.author(to),
        starts_on=story.on,
        accompany_until=until,
        by=story.by,
    )


@step(by="maria")
def stood_in(story: Story, who: str, *, until: int) -> None:
    """An assistant stands in until so many days after the day of loading."""
    assign_assistant(
        period=story.period,
        assistant=story.author(who),
        kind=AssignmentKind.STAND_IN,
        starts_on=story.on,
        ends_on=story.centre.day + timedelta(days=until),
        by=story.by,
    )


@step(by="maria")
def released(story: Story) -> None:
    """The last day of the leading assistant; nobody has taken the family over yet."""
    leading = story.period.assignments.active_on(story.on).get(kind=AssignmentKind.LEADING)
    end_assignment(assignment=leading, on=story.on, version=None, by=story.by)


@step(by="region")
def also_based_on(story: Story, basis: Basis) -> None:
    """One more basis of the work that goes on."""
    add_basis(period=story.period, data=basis.on(story), by=story.by)


@step(by="region")
def withdrew(story: Story, kind: str, why: str) -> None:
    """A basis of this kind ends: consent withdrawn, order lifted."""
    basis = LegalBasis.objects.active_on(story.on).get(period=story.period, kind=kind)
    end_basis(basis=basis, on=story.on, why=why, version=None, by=story.by)


@step(by="maria")
def ended(story: Story, reason: str) -> None:
    """The work with the family ends."""
    end_work(period=story.period, on=story.on, reason=reason, by=story.by)


@step(by="maria")
def monitored(story: Story, who: str) -> None:
    """After the end of the work an assistant looks how the family does."""
    assign_assistant(
        period=story.period,
        assistant=story.author(who),
        kind=AssignmentKind.MONITORING,
        starts_on=story.on,
        by=story.by,
    )
