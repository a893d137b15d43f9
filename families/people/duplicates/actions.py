"""Actions of the manager on probable duplicates: merging two records, undoing it, or dismissing the pair."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import Max

from families.choices import AddressKind, LivingArrangement
from families.people.actions import end_rows_on_death, families_of, undo_death
from families.people.duplicates.merge_rules import (
    FAR_FUTURE,
    MERGE_RULES,
    MergeRule,
    days,
    find_contradictions,
    identity_differences,
    identity_key,
)
from families.people.identity import complete_identity
from families.people.models import DuplicateDismissal, Membership, Person, PersonMerge
from lubsko_ops.accounts.models import User
from lubsko_ops.audit.change_entries import HISTORY_TABLES
from lubsko_ops.audit.history import delete_with_history, lock_row, save_with_history, versions_of
from lubsko_ops.audit.models import AuditedModel
from lubsko_ops.core.actions import action, written_rows
from lubsko_ops.core.dates import Period, uncovered_periods
from lubsko_ops.core.locks import lock

MERGE_REASON = "Połączenie wpisów o tej samej osobie"
UNDO_REASON = "Cofnięcie połączenia wpisów"
NOT_DECIDED = "Wybierz, który wpis zostaje."

Decisions = Mapping[str, str]  # by key of the contradiction: id of the row, or of the person, that stays


@action
def merge_people(*, keep: Person, drop: Person, by: User, decisions: Decisions | None = None) -> Person:
    """Merge two records of one person: rows that refer to ``drop`` move to ``keep``, with history.

    ``keep`` takes over missing data and the other spelling of the name; ``drop`` stays, marked ``merged_into``. Where
    rows of the two contradict one another, ``decisions`` say which stays (``find_contradictions``); the other is kept
    in the history. Raises ValidationError when they cannot be merged, or keyed by what is not decided.
    """
    ids = [keep.pk, drop.pk]
    lock(families=families_of(ids), people=ids)
    locked = Person.objects.in_bulk(ids)
    keep, drop = locked[keep.pk], locked[drop.pk]
    if sentence := merge_refusal(keep, drop):
        raise ValidationError(sentence)
    decisions = decisions or {}
    contradictions = find_contradictions(keep, drop)
    if open_ones := [
        each.key for each in contradictions if decisions.get(each.key) not in dict(each.options)
    ]:
        raise ValidationError(dict.fromkeys(open_ones, NOT_DECIDED))
    before = len(written_rows())
    taken_over = [
        name for name, *_ in identity_differences(keep, drop) if decisions[identity_key(name)] == str(drop.pk)
    ]
    # Where the days of death differ, what ended on either day is first given back.
    if keep.died_on and drop.died_on and keep.died_on != drop.died_on:
        for person in (keep, drop):
            undo_death(person, by=by)
    died_on = drop.died_on if "died_on" in taken_over or not keep.died_on else keep.died_on
    for rule in MERGE_RULES:
        _settle(rule, keep, drop, decisions, died_on or FAR_FUTURE, by)
        for row in rule.rows(drop):
            setattr(row, rule.field, keep)
            save_with_history(row, by=by, why=MERGE_REASON)
    drop.merged_into = keep
    save_with_history(drop, by=by, why=f"{MERGE_REASON}: {keep}")
    _fill_missing_identity(keep, drop, taken_over)
    merged = save_with_history(keep, by=by, why=MERGE_REASON)
    if merged.died_on:
        end_rows_on_death(merged, merged.died_on, by=by)
    writes = [
        [row.instance_type._meta.label, row.id, row.history_id]
        for row in written_rows()[before:]
        if hasattr(row, "history_id")
    ]
    merge = PersonMerge(kept=merged, dropped=drop, writes=writes, rows_after=_versions_of_rows(merged, drop))
    save_with_history(merge, by=by, why=MERGE_REASON)
    return merged


def merge_refusal(keep: Person, drop: Person) -> str:
    """Refusal when the two records cannot be merged, otherwise an empty string."""
    if keep.merged_into_id or drop.merged_into_id:
        return "Te wpisy już połączono. Wróć do listy."
    if keep.pesel_key and drop.pesel_key and keep.pesel_key != drop.pesel_key:
        return "Te osoby mają różne numery PESEL. Popraw błędny numer albo zaznacz, że to różne osoby."
    return ""


def _settle(rule: MergeRule, keep: Person, drop: Person, decisions: Decisions, until: date, by: User) -> None:
    """Of rows that meet let one stay: the chosen one or, where they say the same, that of the kept person.

    ``until``: the last day of the person's life, if known.
    """
    yielding: dict[int, tuple] = {}  # by id: the row that gives way, and those to which it does
    for row, other in rule.meeting(keep, drop):
        # Rows that met only because an ended life was continued first were no choice: that of the kept person stays.
        chosen = decisions.get(rule.key(row, other), str(row.pk))
        stays, gives_way = (row, other) if chosen == str(row.pk) else (other, row)
        yielding.setdefault(gives_way.pk, (gives_way, []))[1].append(stays)
    # Decided on the days as they were, before any of them is shortened.
    left = {pk: _days_left(rule, row, staying, until) for pk, (row, staying) in yielding.items()}
    for pk, (row, staying) in yielding.items():
        decided = [rule.text(each) for each in staying if rule.contradict(row, each)]
        why = f"{MERGE_REASON}. Kierownik wybrał: {'; '.join(decided)}" if decided else MERGE_REASON
        if left[pk] is None:
            if isinstance(row, Membership):
                _move_addresses(row, staying, by, why)
            delete_with_history(row, by=by, why=why)
            continue
        if isinstance(row, Membership):
            _clip_addresses(row, left[pk], by)
        row.starts_on = left[pk].start
        row.set_last_day(None if left[pk].end == FAR_FUTURE else left[pk].end)
        save_with_history(row, by=by, why=why)


def _days_left(rule: MergeRule, row, staying: list, until: date) -> Period | None:
    """The days the row keeps, None when it goes. Raises ValidationError when they would fall in two parts."""
    if not rule.by_days:
        return None
    uncovered = uncovered_periods(days(row), [(each.starts_on, each.ends_on) for each in staying])
    left = [each for each in uncovered if each.start <= until]
    if len(left) > 1:
        raise ValidationError(
            f"{rule.subject(row)}. Wpis „{rule.text(row)}” trwa przed drugim i po nim. "
            "Popraw najpierw daty jednego z nich."
        )
    return left[0] if left else None


def _move_addresses(row: Membership, staying: list[Membership], by: User, why: str) -> None:
    """Move addresses of a membership that goes to those that stay; delete those they already cover."""
    for address in row.addresses.all():
        for membership in staying:
            uncovered = uncovered_periods(days(address), [(membership.starts_on, membership.ends_on)])
            fits = membership.stay != LivingArrangement.HERE or address.kind != AddressKind.RESIDENCE
            taken = (
                membership.addresses.active_on_or_after(address.starts_on).filter(kind=address.kind).exists()
            )
            if fits and not uncovered and not taken:
                address.membership = membership
                save_with_history(address, by=by, why=MERGE_REASON)
                break
        else:
            delete_with_history(address, by=by, why=why)


def _clip_addresses(row: Membership, left: Period, by: User) -> None:
    for address in row.addresses.all():
        clipped = days(address).intersection(left.start, left.end)
        if clipped is None:
            delete_with_history(address, by=by, why=MERGE_REASON)
            continue
        last_day = None if clipped.end == FAR_FUTURE else clipped.end
        if (address.starts_on, address.ends_on) != (clipped.start, last_day):
            address.starts_on, address.ends_on = clipped.start, last_day
            save_with_history(address, by=by, why=MERGE_REASON)


def _fill_missing_identity(keep: Person, drop: Person, taken_over: list[str]) -> None:
    """Copy from the dropped record what the kept one lacks and what the manager chose of it."""
    spellings = [*keep.other_spellings, str(drop), *drop.other_spellings]
    if drop.birth and (keep.birth is None or keep.birth.includes(drop.birth) or "born_on" in taken_over):
        keep.born_on, keep.birth_precision = drop.born_on, drop.birth_precision
    for each in Person.entered_fields():
        if each.name != "birth_precision" and not getattr(keep, each.name):
            setattr(keep, each.name, getattr(drop, each.name))
    for name in taken_over:
        setattr(keep, name, getattr(drop, name))
    keep.other_spellings = [spelling for spelling in dict.fromkeys(spellings) if spelling != str(keep)]
    complete_identity(keep)


def _versions_of_rows(*people: Person) -> dict[str, dict[str, int]]:
    """Versions of all rows of these people, by relation and id."""
    return {
        f"{rule.model._meta.label}.{rule.field}": {
            str(row.pk): row.version for person in people for row in rule.rows(person)
        }
        for rule in MERGE_RULES
    }


@action
def undo_merge(*, merge: PersonMerge, why: str, by: User) -> Person:
    """Give back what a merge changed, row by row and last first; returns the record that is separate again.

    Raises ValidationError once a row of either side has changed since.
    """
    ids = [merge.kept_id, merge.dropped_id]
    lock(families=families_of(ids), people=ids)
    merge = lock_row(PersonMerge.objects.select_related("kept", "dropped"), pk=merge.pk)
    if not why.strip():
        raise ValidationError({"why": "Napisz, dlaczego cofasz połączenie."})
    if sentence := undo_refusal(merge):
        raise ValidationError(sentence)
    reason = f"{UNDO_REASON}: {why}"
    for label, pk, history_id in reversed(merge.writes):
        _give_back(_audited_models()[label], pk, history_id, by=by, why=reason)
    merge.undone = True
    save_with_history(merge, by=by, why=reason)
    return Person.objects.get(pk=merge.dropped_id)


def undo_refusal(merge: PersonMerge) -> str:
    """Refusal when the merge can no longer be undone, otherwise an empty string."""
    if merge.undone:
        return "To połączenie już cofnięto. Wróć do listy."
    last: dict[str, dict[int, int]] = {}  # by model and id: the version the merge left
    for label, pk, history_id in merge.writes:
        last.setdefault(label, {})[pk] = history_id
    changed = any(
        dict(_newest_versions(_audited_models()[label], versions)) != versions
        for label, versions in last.items()
    )
    if changed or _versions_of_rows(merge.kept, merge.dropped) != merge.rows_after:
        return (
            "Po połączeniu zmieniono wpisy o tej osobie, więc nie można go już cofnąć. "
            "Popraw je na stronie Osoby tej rodziny."
        )
    return ""


def _audited_models() -> dict[str, type[AuditedModel]]:
    """The models whose rows belong to files, by label."""
    return {table.model._meta.label: table.model for table in HISTORY_TABLES}


def _newest_versions(model: type[AuditedModel], ids: Iterable[int]):
    rows = versions_of(model).filter(id__in=list(ids)).order_by().values_list("id")
    return rows.annotate(newest=Max("history_id"))


def _give_back(model: type[AuditedModel], pk: int, history_id: int, *, by: User, why: str) -> None:
    """Let the row be as it was before this version: again there, or as it was, or not there."""
    before = versions_of(model).filter(id=pk, history_id__lt=history_id).order_by("-history_id").first()
    now = model._base_manager.filter(pk=pk).first()
    if before is None:
        delete_with_history(now, by=by, why=why)
        return
    row = before.instance
    row._state.adding = False  # it keeps its id, its author and the moment it was entered
    row.version = now.version if now else row.version
    save_with_history(row, by=by, why=why)


@action
def dismiss_duplicate(*, person_a: Person, person_b: Person, by: User) -> DuplicateDismissal:
    """Record that these are two different people, so that the pair is not listed again.

    Refused while both have the same PESEL: one of the numbers is wrong and has to be corrected first.
    """
    if person_a.pesel_key and person_a.pesel_key == person_b.pesel_key:
        raise ValidationError(
            "Obie osoby mają ten sam PESEL. Jeden z numerów jest błędny: popraw go najpierw."
        )
    first, second = sorted((person_a, person_b), key=lambda person: person.pk)
    existing = DuplicateDismissal.objects.filter(person_a=first, person_b=second).first()
    return existing or save_with_history(
        DuplicateDismissal(person_a=first, person_b=second), by=by, why="To różne osoby"
    )
