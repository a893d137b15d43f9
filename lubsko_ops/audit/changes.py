"""The change history of a file (a family): who changed what, when, why, and the validity of the changed row.

A page is read from change entries with keyset pagination; one statement loads the changed rows, each beside its
previous version, and a few more the names of related rows. An encrypted value (a PESEL, the number of a document) is
never shown, only the fact that it changed.
"""

import json
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache

from django.contrib.auth import get_user_model
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ObjectDoesNotExist
from django.db import connection, models

from lubsko_ops.audit.change_entries import HISTORY_TABLES, HistoryTable
from lubsko_ops.audit.history import latest_versions
from lubsko_ops.audit.models import AuditedModel, ChangeEntry
from lubsko_ops.core import clock
from lubsko_ops.core.compiled_query import CompiledQuery
from lubsko_ops.core.fields import EncryptedTextField, PeselField
from lubsko_ops.core.keyset_list import PAGE_SIZE, Sort, paginate
from lubsko_ops.core.lookups import is_among
from lubsko_ops.core.permissions import has_permission
from lubsko_ops.core.polish import accusative, number, short_date
from lubsko_ops.core.temporal import ValidTimeModel

NEWEST_FIRST = Sort("at", "od najstarszych", "od najnowszych", ("at",), descending=True)
RowNames = dict[type[models.Model], dict[int, str]]

VALIDITY_LABELS = {"starts_on": "Pierwszy dzień", "ends_on": "Ostatni dzień"}
# Fields changed by every save.
BOOKKEEPING_FIELDS = {"version", "entered_at", "entered_by", "search_key"}
VERBS = {"+": "Dodano", "~": "Zmieniono", "-": "Usunięto"}


@dataclass(frozen=True)
class FieldChange:
    """Display values of one field after and before the change; either may be empty.

    Of an encrypted value ``now`` says what happened to it; ``secret`` then.
    """

    label: str
    now: str
    before: str = ""
    secret: bool = field(default=False, compare=False)

    @property
    def text(self) -> str:
        """What became of the value: "było Danuta, jest Dorota", "wpisano Dorota", "usunięto, było Danuta"."""
        if self.secret or not self.now:
            return self.now or f"usunięto, było {self.before}"
        return f"było {self.before}, jest {self.now}" if self.before else f"wpisano {self.now}"


@dataclass(frozen=True)
class RowChange:
    """What changed in one row; ``kind``: a key of VERBS.

    withheld_from: the person who must not learn its content; it is then shown on screen only and never printed.
    """

    reason: str
    model_label: str
    name: str
    validity: str
    withheld_from: str = ""
    changes: list[FieldChange] = field(default_factory=list)
    kind: str = "+"

    @property
    def what(self) -> str:
        """ "Dodano obecność", "Zmieniono osobę"."""
        return f"{VERBS[self.kind]} {accusative(self.model_label.lower())}"

    @property
    def subject(self) -> str:
        """ "Zmieniono osobę: Dorota Kowalska"."""
        return f"{self.what}: {self.name}" if self.name else self.what

    def is_like(self, other: "RowChange") -> bool:
        """Whether one sentence can name both new rows, which differ by the name alone: people present at a visit."""
        alone = self.kind == "+" and not (
            self.changes or other.changes or self.withheld_from or other.withheld_from
        )
        return alone and replace(self, name="") == replace(other, name="")


@dataclass(frozen=True)
class HistoryEntry:
    """One save: the time, the author, the changed rows that the user may see; its reason is that of the first one."""

    pk: int
    at: datetime
    author: str
    rows: list[RowChange]

    @property
    def reason(self) -> str:
        return self.rows[0].reason

    @property
    def day(self) -> date:
        return clock.local_date(self.at)

    @property
    def time(self) -> str:
        return f"{self.at.astimezone(clock.WARSAW):%H:%M}"


@dataclass(frozen=True)
class HistoryPage:
    """One page of history, newest first, with the cursors of the next and the previous page."""

    entries: list[HistoryEntry]
    after: int | None = None
    before: int | None = None


@dataclass(frozen=True)
class _Version:
    """A history row: the state of the row, and the state before when it was changed."""

    table: HistoryTable
    row_id: int
    kind: str  # + ~ -
    reason: str
    withheld_from: str
    state: dict
    before: dict | None


def get_history_page(
    file_id: int,
    *,
    user,
    after: int | None = None,
    before: int | None = None,
    size: int = PAGE_SIZE,
    file_kind: str = "family",
) -> HistoryPage:
    """A page of the file's history as the user may see it; the first page when the cursor is invalid.

    Costs two statements (a third with a cursor), and one for each model the changes refer to.
    """
    of_kind = [table for table in HISTORY_TABLES if table.file_kind == file_kind]
    tables = {
        table.label: table
        for table in of_kind
        if table.permission is None or has_permission(user, table.permission)
    }
    queryset = ChangeEntry.objects.filter(file_kind=file_kind, file_id=file_id)
    if len(tables) < len(of_kind):
        queryset = queryset.filter(labels__overlap=list(tables))
    entries: list[HistoryEntry] = []
    while not entries:  # a page whose every change is hidden from the user is passed over
        page = paginate(queryset, NEWEST_FIRST, after=after, before=before, size=size)
        entries = _build_entries(page.rows, tables, file_id, user)
        after, before = (None, page.before) if before else (page.after, None)
        if not (after or before):
            break
    return HistoryPage(entries, page.after, page.before)


# ---- changed rows ------------------------------------------------------------------------------------

VERSIONS = """SELECT '{label}', h.id, h.history_id, h.history_type, h.history_change_reason, {withheld_from},
    to_jsonb(h), CASE WHEN h.history_type = '~' THEN (
        SELECT to_jsonb(p) FROM "{db_table}" AS p WHERE p.id = h.id AND p.history_id < h.history_id
        ORDER BY p.history_id DESC LIMIT 1
    ) END
    FROM "{db_table}" AS h WHERE h.history_id = ANY(%({label})s) AND {shown_when}"""


def _load_versions(entries: list[ChangeEntry], tables: dict[str, HistoryTable], file_id: int, user):
    """The changed rows that the user may see, by label and history id; one statement."""
    ids: dict[str, list[int]] = {}
    for entry in entries:
        for label, history_id in zip(entry.labels, entry.history_ids, strict=True):
            if label in tables:
                ids.setdefault(label, []).append(history_id)
    if not ids:
        return {}
    parts = [
        VERSIONS.format(
            label=label,
            db_table=tables[label].db_table,
            withheld_from=tables[label].withheld_from,
            shown_when=tables[label].shown_when,
        )
        for label in ids
    ]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), {**ids, "file": file_id})
        records = cursor.fetchall()
    hides = {label: table.hidden_from(user) for label, table in tables.items() if table.hidden_from}
    versions = {}
    for label, row_id, history_id, kind, reason, withheld_from, now, before in records:
        state, state_before = json.loads(now), json.loads(before) if before else None
        version = _Version(tables[label], row_id, kind, reason, withheld_from, state, state_before)
        states = [each for each in (state, state_before) if each]
        hidden = label in hides and any(hides[label](each) for each in states)
        if not hidden and not _is_unchanged(version):
            versions[label, history_id] = version
    return versions


def _is_unchanged(version: _Version) -> bool:
    """Whether the row was saved without a change of what users enter or actions set."""
    if version.kind != "~" or version.before is None:
        return False
    tracked = (
        each for each in version.table.model._meta.concrete_fields if each.name not in BOOKKEEPING_FIELDS
    )
    return all(_stored_value(each, version.state) == _stored_value(each, version.before) for each in tracked)


# ---- presentation ------------------------------------------------------------------------------------


def _build_entries(entries: list[ChangeEntry], tables, file_id: int, user) -> list[HistoryEntry]:
    versions = _load_versions(entries, tables, file_id, user)
    saves = []
    for entry in entries:
        keys = zip(entry.labels, entry.history_ids, strict=True)
        if changed := [versions[key] for key in keys if key in versions]:
            saves.append((entry, changed, {(each.table.model, each.row_id) for each in changed}))
    names = _related_names(saves)
    authors = names.get(get_user_model(), {})
    return [
        HistoryEntry(
            entry.pk,
            entry.at,
            authors.get(entry.by_id or 0, ""),
            _put_together([_build_row(each, names, together) for each in changed]),
        )
        for entry, changed, together in saves
    ]


def _put_together(rows: list[RowChange]) -> list[RowChange]:
    """Rows that differ by the name alone as one: "Dodano obecność: Danuta Kowalska, Kacper Kowalska"."""
    joined: list[RowChange] = []
    for row in rows:
        if joined and joined[-1].is_like(row):
            joined[-1] = replace(row, name=f"{joined[-1].name}, {row.name}")
        else:
            joined.append(row)
    return joined


def _shown_fields(version: _Version, together: set) -> list[models.Field]:
    """The fields without the parent, when the row stands under it; ``together``: models and ids of the saved rows."""
    table, state = version.table, version.state
    return [
        each
        for each in table.fields
        if each.name not in table.parents or (each.related_model, state[each.column]) not in together
    ]


def _related_names(saves: list[tuple[ChangeEntry, list[_Version], set]]) -> RowNames:
    """Names of the authors and of all related rows that are shown; one statement for each model."""
    wanted: dict[type[models.Model], set[int]] = defaultdict(set)
    wanted[get_user_model()] = {entry.by_id for entry, *_ in saves if entry.by_id}
    for _, changed, together in saves:
        for version in changed:
            for each in {*_shown_fields(version, together), *version.table.name_fields}:
                if each.related_model:
                    states = [state for state in (version.state, version.before) if state]
                    wanted[each.related_model].update(state[each.column] for state in states)
    return {model: _model_names(model, ids - {None}) for model, ids in wanted.items() if ids - {None}}


@cache
def _rows_to_name(model: type[models.Model]) -> CompiledQuery:
    table = HISTORY_TABLES.get(model)
    related = table.name_select_related if table else ()
    rows = model._default_manager.select_related(*(related or [None]))  # without names it would follow all
    return CompiledQuery(lambda ids: rows.filter(is_among(ids)), ids=[-1])


def _model_names(model: type[models.Model], ids: set[int]) -> dict[int, str]:
    """Names of the rows by id; deleted rows by their last version, if it can still be named."""
    rows = {row.pk: row for row in _rows_to_name(model).all(ids=list(ids))}
    if issubclass(model, AuditedModel) and (deleted := ids - rows.keys()):
        rows |= {row.pk: row for row in latest_versions(model, deleted)}
    names = {}
    for pk, row in rows.items():
        with suppress(ObjectDoesNotExist):
            names[pk] = str(row)
    return names


def _build_row(version: _Version, names: RowNames, together: set) -> RowChange:
    """The change of one row; ``together``: models and ids of all rows changed by this save."""
    table, model, state = version.table, version.table.model, version.state
    values = {each.name: _display_value(each, state, names) for each in table.name_fields}
    fields = _shown_fields(version, together)
    label = str(model._meta.verbose_name).capitalize()
    return RowChange(
        reason=version.reason or label,
        model_label=label,
        name=table.row_name(values),
        withheld_from=version.withheld_from,
        validity=_validity_text(state) if issubclass(model, ValidTimeModel) else "",
        changes=_initial_values(fields, version, names)
        if version.kind == "+"
        else _field_changes(fields, version, names),
        kind=version.kind,
    )


def _initial_values(fields: list, version: _Version, names: RowNames) -> list[FieldChange]:
    """Values of a new row without those in its name and validity, and without unticked checkboxes."""
    entered = [
        (each, _display_value(each, version.state, names))
        for each in fields
        if each not in version.table.name_fields
        and each.name not in VALIDITY_LABELS
        and version.state[each.column] is not False
    ]
    return [FieldChange(_label(each), value) for each, value in entered if value]


def _field_changes(fields: list, version: _Version, names: RowNames) -> list[FieldChange]:
    if version.before is None:
        return []
    changes = []
    for each in fields:
        now, before = (_stored_value(each, state) for state in (version.state, version.before))
        if now == before:
            continue
        if isinstance(each, EncryptedTextField):
            word = "zmieniono" if now and before else "wpisano" if now else "usunięto"
            changes.append(FieldChange(_label(each), word, secret=True))
        else:
            shown, former = (_display_value(each, state, names) for state in (version.state, version.before))
            changes.append(FieldChange(_label(each), shown, former))
    return changes


def _label(each: models.Field) -> str:
    if each.name in VALIDITY_LABELS:
        return VALIDITY_LABELS[each.name]
    return each.verbose_name[:1].upper() + each.verbose_name[1:]


@cache
def _choice_labels(each: models.Field) -> dict:
    return {value: str(label) for value, label in each.flatchoices}


def _stored_value(each: models.Field, state: dict):
    """The value in a state, comparable: a ciphertext differs at each save, so of a PESEL its keyed hash is taken."""
    if isinstance(each, PeselField):
        return state[f"{each.column}_key"]
    if isinstance(each, EncryptedTextField):
        return each.from_db_value(state[each.column], None, connection)
    return state.get(each.column)  # a partial history leaves fields out


def _display_value(each: models.Field, state: dict, names: RowNames) -> str:
    """The value in a state as text; empty for no value."""
    value = _stored_value(each, state)
    if value in (None, "", []):
        return ""
    if isinstance(each, EncryptedTextField):
        return "wpisano"
    if each.related_model:
        return names.get(each.related_model, {}).get(value, "")
    if each.choices:
        return _choice_labels(each).get(value, str(value))
    if isinstance(value, bool):
        return "tak" if value else "nie"
    if isinstance(value, list) and isinstance(each, ArrayField):
        labels = _choice_labels(each.base_field)
        return ", ".join(labels.get(item, str(item)) for item in value)
    if isinstance(each, models.DateTimeField):
        return f"{datetime.fromisoformat(value).astimezone(clock.WARSAW):%d.%m.%Y %H:%M}"
    if isinstance(each, models.TimeField):
        return value[:5]
    if isinstance(each, models.DateField):
        return short_date(date.fromisoformat(value))
    return number(value) if isinstance(each, models.DecimalField) else str(value)


def _validity_text(state: dict) -> str:
    """Validity of the row: "od 04.03.2026", "04.03.2026–12.10.2026"."""
    start = date.fromisoformat(state["starts_on"])
    end = date.fromisoformat(state["ends_on"]) if state.get("ends_on") else None
    if end is None:
        return f"od\u00a0{short_date(start)}"
    return short_date(start) if start == end else f"{short_date(start)}–{short_date(end)}"
