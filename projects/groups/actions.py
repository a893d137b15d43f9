"""Actions on groups: make, change, copy and remove one, name its leaders, enter its days."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError

from lubsko_ops.accounts.models import User
from lubsko_ops.audit.history import delete_with_history, end_row, lock_row, save_with_history
from lubsko_ops.core import clock
from lubsko_ops.core.actions import action
from lubsko_ops.core.polish import count_of, join_list, short_date
from lubsko_ops.core.temporal import day_before
from projects.dependents import days_not_led, days_of_leader, days_outside, used_by
from projects.groups import rules
from projects.groups.permissions import NOT_LEADER, NOT_OWN, may_change_groups, may_describe
from projects.models import Edition, GroupDay, GroupLeader, ProjectGroup
from projects.models.groups import LEADS_ALREADY, NAME_TAKEN
from projects.participants.places import taken_in_group

DESCRIBED = ("description", "place", "other_place", "partners")  # what the leaders change, too


# ---- groups ------------------------------------------------------------------------------------------
@action
def create_group(
    *, edition: Edition, data: ProjectGroup, leader: User | None = None, leader_name: str = "", by: User
) -> ProjectGroup:
    """Add a group to the edition, with who leads it from its first day, if that is settled."""
    row = _lock_edition(edition, by)
    group = ProjectGroup(edition=row)
    group.copy_entered(data)
    _check(group, row)
    save_with_history(group, by=by, why="Nowa grupa")
    if leader or leader_name:
        new = GroupLeader(group=group, user=leader, name=leader_name, starts_on=group.starts_on)
        _check_leader(new, group)
        save_with_history(new, by=by, why="Nowa grupa")
    return group


@action
def update_group(*, group: ProjectGroup, data: ProjectGroup, version: int | None, by: User) -> ProjectGroup:
    """Change a group, its days included. What rests on it is not pulled away: the refusal lists it."""
    edition = _lock_edition(group.edition, by)
    row = _lock(group, version)
    before = (row.kind, row.takes)
    row.copy_entered(data)
    _check(row, edition)
    if refusals := _resting(row, before):
        raise ValidationError(refusals)
    return save_with_history(row, by=by, why="Zmiana grupy")


@action
def describe_group(*, group: ProjectGroup, data: ProjectGroup, version: int | None, by: User) -> ProjectGroup:
    """Change what the leaders change, too: description, place, partners."""
    row = _lock_described(group, version, by)
    for name in DESCRIBED:
        setattr(row, name, getattr(data, name))
    _check(row, row.edition)
    return save_with_history(row, by=by, why="Zmiana opisu grupy")


@action
def copy_group(
    *, group: ProjectGroup, name: str, starts_on: date, ends_on: date | None, by: User
) -> ProjectGroup:
    """A group of the same edition on the pattern of this one, without people, leaders and days."""
    edition = _lock_edition(group.edition, by)
    row = group.copy(edition=edition, name=name, starts_on=starts_on, ends_on=ends_on)
    _check(row, edition)
    return save_with_history(row, by=by, why=f"Nowa grupa, skopiowana z: {group}")


@action
def remove_group(*, group: ProjectGroup, why: str, version: int | None, by: User) -> None:
    """Remove a group nobody has used, with its leaders and days. Raises ValidationError with what rests on it."""
    _lock_edition(group.edition, by)
    row = _lock(group, version)
    if refusal := removal_refusal(row):
        raise ValidationError(refusal)
    for copy in row.copies.all():
        copy.copied_from = None
        save_with_history(copy, by=by, why=f"Usunięto grupę, z której skopiowano: {row}")
    for each in (*row.leaders.all(), *row.days.all(), row):
        delete_with_history(each, by=by, why=why)


def removal_refusal(group: ProjectGroup) -> str:
    """What makes the group stay; empty when nobody has used it."""
    counted = {
        "zapis uczestnika,zapisy uczestników,zapisów uczestników": group.participations.count(),
        "konsultacja,konsultacje,konsultacji": group.consultations.count(),
    }
    used = [count_of(number, words) for words, number in counted.items() if number]
    used += [count_of(number, words) for number, words in used_by(group)]
    if not used:
        return ""
    return f"Tego nie można usunąć, bo są: {join_list(used)}. Wpisz ostatni dzień, żeby zakończyć."


def _lock_edition(edition: Edition, by: User) -> Edition:
    """The locked edition, so that its groups change one after another; the user may change them."""
    row = lock_row(Edition.objects, pk=edition.pk)
    if not may_change_groups(row, by):
        raise PermissionDenied(rules.LOCKED if row.state in rules.LOCKED_STATES else NOT_OWN)
    return row


def _lock(group: ProjectGroup, version: int | None) -> ProjectGroup:
    return lock_row(ProjectGroup.objects, pk=group.pk, version=version)


def _lock_described(group: ProjectGroup, version: int | None, by: User) -> ProjectGroup:
    """The locked group, which the user may describe."""
    edition = lock_row(Edition.objects, pk=group.edition_id)
    row = _lock(group, version)
    if not may_describe(edition, row.leaders.all(), by, on=clock.today()):
        raise PermissionDenied(rules.LOCKED if edition.state in rules.LOCKED_STATES else NOT_LEADER)
    row.edition = edition
    return row


def _check(group: ProjectGroup, edition: Edition) -> None:
    """Raise ValidationError with everything wrong with the group itself."""
    group.takes = rules.takes_for(group.kind, group.takes)
    group.ends_on = group.ends_on or edition.ends_on
    group.goals = sorted(set(group.goals))
    refusals = rules.group_refusals(group, edition)
    others = ProjectGroup.objects.filter(edition=edition, name__iexact=group.name).exclude(pk=group.pk)
    if others.exists():
        refusals["name"] = NAME_TAKEN
    goals = set(edition.specificgoals.values_list("position", flat=True)) if group.goals else set()
    if unknown := [str(each) for each in group.goals if each not in goals]:
        refusals["goals"] = f"Projekt nie ma celu {', '.join(unknown)}."
    if refusals:
        raise ValidationError(refusals)


def _resting(group: ProjectGroup, before: tuple[str, str]) -> dict[str, str]:
    """What a change would pull away from under people, days, consultations and leaders, by field."""
    refusals, kind_before, takes_before = {}, *before
    people, days = group.participations.count(), list(group.days.order_by("starts_on"))
    if group.takes != takes_before and people:
        field = "takes" if rules.fits("takes", group.kind) else "kind"
        refusals[field] = f"W tej grupie są już zapisy ({people}), więc nie można zmienić, kto bierze udział."
    if group.kind != kind_before and days and not rules.has_days(group.kind):
        refusals["kind"] = f"Ta grupa ma wpisane dni ({len(days)}). Usuń je najpierw."
    if group.kind != kind_before and not rules.has_meetings(group.kind) and (uses := used_by(group)):
        listed = join_list(count_of(number, words) for number, words in uses)
        refusals["kind"] = f"Ten rodzaj zajęć nie ma spotkań, a w grupie są: {listed}."
    if listed := days_outside(group):
        refusals["ends_on"] = f"Poza tym czasem są spotkania: {listed}. Zmień najpierw harmonogram."
    if refusal := rules.capacity_refusal(group.capacity, taken_in_group(group)):
        refusals["capacity"] = refusal
    if outside := [day for day in days if rules.day_refusals(day, group, today=clock.today()).keys() & ENDS]:
        listed = join_list(str(day) for day in outside)
        field = "starts_on" if outside[0].starts_on < group.starts_on else "ends_on"
        refusals[field] = f"Poza tym czasem są wpisane dni: {listed}. Zmień najpierw je."
    if group.ends_on:
        later = group.consultations.filter(day__gt=group.ends_on).count()
        leaders = [each for each in group.leaders.select_related("user") if each.starts_on > group.ends_on]
        if later:
            words = count_of(later, "konsultacja,konsultacje,konsultacji")
            refusals["ends_on"] = f"Po tym dniu jest jeszcze {words}. Zmień najpierw je."
        elif leaders:
            listed = join_list(f"{each} od {short_date(each.starts_on)}" for each in leaders)
            refusals["ends_on"] = f"Po tym dniu mają zacząć prowadzić: {listed}. Zmień najpierw to."
    return refusals


ENDS = {"starts_on", "ends_on"}


# ---- leaders -----------------------------------------------------------------------------------------
@action
def add_leader(
    *, group: ProjectGroup, data: GroupLeader, replaces: GroupLeader | None = None, by: User
) -> GroupLeader:
    """Somebody leads the group from a day on; who is replaced leads it until the day before."""
    _lock_edition(group.edition, by)
    group = _lock(group, None)
    row = GroupLeader(group=group)
    row.copy_entered(data)
    _check_leader(row, group)
    if replaces is not None:
        before = lock_row(GroupLeader.objects.filter(group=group), pk=replaces.pk)
        if before.starts_on >= row.starts_on:
            since = short_date(before.starts_on)
            raise ValidationError({"starts_on": f"{before} prowadzi od {since}. Zmiana może być później."})
        before.ends_on = day_before(row.starts_on)
        _check_still_leads(before)
        end_row(before, on=day_before(row.starts_on), by=by, why="Zmiana prowadzącego")
    _check_leads_once(row)
    return save_with_history(row, by=by, why="Nowy prowadzący")


@action
def update_leader(*, leader: GroupLeader, data: GroupLeader, version: int | None, by: User) -> GroupLeader:
    """Change from when to when somebody leads, or who it is."""
    _lock_edition(leader.group.edition, by)
    row = lock_row(GroupLeader.objects, pk=leader.pk, version=version)
    row.copy_entered(data)
    _check_leader(row, leader.group)
    _check_still_leads(row)
    _check_leads_once(row)
    return save_with_history(row, by=by, why="Zmiana prowadzącego")


@action
def remove_leader(*, leader: GroupLeader, why: str, version: int | None, by: User) -> None:
    """Remove a leader entered by mistake; not one whom somebody stood in for."""
    _lock_edition(leader.group.edition, by)
    row = lock_row(GroupLeader.objects, pk=leader.pk, version=version)
    if listed := days_of_leader(row):
        raise ValidationError(
            f"{row} ma wpisy na spotkaniach: {listed}. Usuń je tam albo wpisz ostatni dzień."
        )
    delete_with_history(row, by=by, why=why)


def _check_still_leads(leader: GroupLeader) -> None:
    """Raise ValidationError when other apps have rows on days on which the leader would lead no longer."""
    if listed := days_not_led(leader):
        raise ValidationError(
            {"ends_on": f"{leader} ma wtedy wpisy na spotkaniach: {listed}. Usuń je najpierw."}
        )


def _check_leader(leader: GroupLeader, group: ProjectGroup) -> None:
    """Raise ValidationError unless it is one person, within the period of the group."""
    if bool(leader.user_id) == bool(leader.name):
        text = "Wybierz pracownika ośrodka albo wpisz osobę spoza niego, jedno z dwojga."
        raise ValidationError({"name": text})
    if leader.ends_on and leader.ends_on < leader.starts_on:
        raise ValidationError({"ends_on": "Koniec nie może poprzedzać początku."})
    outside = f"Zajęcia trwają {rules.period_of(group)}. Ten dzień jest poza nimi."
    if not group.is_active_on(leader.starts_on):
        raise ValidationError({"starts_on": outside})
    if leader.ends_on and not group.is_active_on_or_after(leader.ends_on):
        raise ValidationError({"ends_on": outside})


def _check_leads_once(leader: GroupLeader) -> None:
    same = GroupLeader.objects.filter(group=leader.group_id, user=leader.user_id, name__iexact=leader.name)
    same = same.exclude(pk=leader.pk).active_on_or_after(leader.starts_on)
    if leader.ends_on:
        same = same.filter(starts_on__lte=leader.ends_on)
    if same.exists():
        raise ValidationError({"user" if leader.user_id else "name": LEADS_ALREADY})


# ---- days --------------------------------------------------------------------------------------------
@action
def save_days(*, group: ProjectGroup, days: list[GroupDay], version: int | None, by: User) -> ProjectGroup:
    """Make the days of the group those entered: a day with the id of a stored one changes it."""
    row, why = _lock_described(group, version, by), "Zmiana dni i programu"
    if not rules.has_days(row.kind):
        raise ValidationError("Te zajęcia nie mają dni z programem.")
    refusals = [
        f"Dzień {number}: {text}"
        for number, day in enumerate(days, start=1)
        for text in dict.fromkeys(rules.day_refusals(day, row, today=clock.today()).values())
    ]
    refusals += [f"{day} stoi dwa razy z tą samą godziną." for day in rules.repeated_days(days)]
    if refusals:
        raise ValidationError(refusals)
    before = {each.pk: each for each in row.days.all()}
    for pk in before.keys() - {each.pk for each in days}:
        delete_with_history(before[pk], by=by, why=why)
    for each in days:
        day = before.get(each.pk) or GroupDay(group=row)
        changed = day.pk is None or day.entered_values() != each.entered_values()
        day.copy_entered(each)
        if changed:
            save_with_history(day, by=by, why=why)
    return save_with_history(row, by=by, why=why)
