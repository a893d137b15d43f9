"""The change history of a file (a family): who changed what, when, why, and the validity of the changed row.

Apps register the models whose history belongs to a file. One statement unites their history tables, each row beside
its previous state, newest first, with keyset pagination; a few more statements load the names of related rows. A
PESEL is never shown, only the fact that it changed.
"""

import json
import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from string import Formatter

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ObjectDoesNotExist
from django.db import connection, models
from django.db.models import Expression, F, Q, Value, Window
from django.db.models.functions import JSONObject, Lag

from lubsko_ops.audit.history import latest_versions
from lubsko_ops.audit.models import AuditedModel
from lubsko_ops.core import clock
from lubsko_ops.core.fields import PeselField
from lubsko_ops.core.polish import short_date
from lubsko_ops.core.registry import Registry
from lubsko_ops.core.temporal import ValidTimeModel

PAGE_SIZE = 25
RowNames = dict[type[models.Model], dict[int, str]]

VALIDITY_LABELS = {"starts_on": "Pierwszy dzień", "ends_on": "Ostatni dzień"}
COLUMNS = "label, row_id, history_id, at, kind, reason, first_name, last_name, withheld_from, state, before"
# Fields changed by every save.
BOOKKEEPING_FIELDS = {"version", "entered_at", "entered_by", "search_key"}


@dataclass(frozen=True)
class HistoryTable:
    """The history of one model within a file.

    rows_filter: from the id of the file to the condition on its history rows; name_format: names a row from its fields
    ("{first_name} {last_name}"), with ``get_name`` the fields passed to it; excluded: fields not shown; hidden_from:
    from a user to the condition on rows they may not see; withheld_from: expression over the history row saying from
    whom its content is withheld now, empty for nobody; name_select_related: relations that str() of a row follows.
    """

    model: type[AuditedModel]
    rows_filter: Callable[[int], Q]
    name_format: str = ""
    excluded: frozenset[str] = frozenset()
    hidden_from: Callable[[object], Q] | None = None
    get_name: Callable[..., str] | None = None
    withheld_from: Callable[[], Expression] | None = None
    name_select_related: tuple[str, ...] = ()

    def row_name(self, values: dict[str, str]) -> str:
        """Name of a row from the display values of its fields."""
        name = self.get_name(**values) if self.get_name else self.name_format.format(**values)
        return " ".join(name.split())

    @property
    def label(self) -> str:
        return self.model._meta.label_lower

    @property
    def name_fields(self) -> set[str]:
        """Fields used in the name of a row."""
        return {name for _, name, _, _ in Formatter().parse(self.name_format) if name}

    @property
    def fields(self) -> list[models.Field]:
        """Fields filled in by users; version, search key and the like are left out."""
        return [
            each
            for each in self.model._meta.concrete_fields
            if each.editable and not each.primary_key and each.name not in self.excluded
        ]

    @property
    def tracked_columns(self) -> list[str]:
        """Columns whose change counts; a row saved without such a change is not shown."""
        tracked = [each for each in self.model._meta.concrete_fields if each.name not in BOOKKEEPING_FIELDS]
        return [each.attname for each in tracked if not each.primary_key and not isinstance(each, PeselField)]


HISTORY_TABLES: Registry[HistoryTable] = Registry("history tables of a file", key=lambda table: table.model)


@dataclass(frozen=True)
class FieldChange:
    """Display values of one field after and before the change; either may be empty."""

    label: str
    now: str
    before: str = ""


@dataclass(frozen=True)
class HistoryEntry:
    """One change of one row: the reason, the row, the author, the time.

    withheld_from: the person who must not learn its content; it is then shown on screen only and never printed.
    """

    cursor: str
    at: datetime
    reason: str
    author: str
    model_label: str
    name: str
    validity: str
    withheld_from: str = ""
    changes: list[FieldChange] = field(default_factory=list)

    @property
    def subject(self) -> str:
        return f"{self.model_label}: {self.name}" if self.name else self.model_label

    @property
    def action_key(self) -> tuple:
        """Equal for consecutive entries written by one action."""
        return self.day, self.time, self.reason, self.author

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
    after: str = ""
    before: str = ""


def get_history_page(
    tables: Iterable[HistoryTable],
    file_id: int,
    *,
    user,
    after: str = "",
    before: str = "",
    size: int = PAGE_SIZE,
) -> HistoryPage:
    """A page of the file's history as the user may see it; the first page when the cursor is invalid.

    Costs one statement, and one for each model the changes refer to.
    """
    by_label = {table.label: table for table in tables}
    rows, cursor, backwards = [], _parse_cursor(before or after, by_label), bool(before)
    if cursor:
        rows = _fetch_rows(
            by_label.values(), file_id, user, cursor=cursor, backwards=backwards, size=size + 1
        )
    if not rows:
        cursor, backwards = None, False
        rows = _fetch_rows(by_label.values(), file_id, user, cursor=None, backwards=False, size=size + 1)
    more, rows = len(rows) > size, rows[:size]
    if backwards:
        rows.reverse()
    entries = _build_entries(rows, by_label, _related_names(rows, by_label))
    return HistoryPage(
        entries=entries,
        after=entries[-1].cursor if entries and (more or backwards) else "",
        before=entries[0].cursor if entries and (more if backwards else cursor) else "",
    )


# ---- query -------------------------------------------------------------------------------------------


def _table_query(table: HistoryTable, position: int, file_id: int, user):
    """History rows of one model, each with its state, the previous state and the position of the table."""
    rows = table.model.history.model.objects.filter(table.rows_filter(file_id))
    if table.hidden_from:
        rows = rows.exclude(table.hidden_from(user))
    # The ciphertext differs at each save; the keyed hash shows whether the number itself changed.
    columns = {
        each.name: F(f"{each.name}_key" if isinstance(each, PeselField) else each.attname)
        for each in table.fields
    }
    state, tracked = JSONObject(**columns), JSONObject(**{name: F(name) for name in table.tracked_columns})

    def previous(expression: JSONObject) -> Window:
        return Window(Lag(expression), partition_by=F("id"), order_by="history_id")

    return rows.order_by().values_list(
        Value(table.label, output_field=models.TextField()),
        "id",
        "history_id",
        "history_date",
        "history_type",
        "history_change_reason",
        "history_user__first_name",
        "history_user__last_name",
        table.withheld_from() if table.withheld_from else Value("", output_field=models.TextField()),
        state,
        previous(state),
        tracked,
        previous(tracked),
        Value(position, output_field=models.IntegerField()),
    )


def _fetch_rows(tables, file_id: int, user, *, cursor, backwards: bool, size: int) -> list[dict]:
    # Newest first; within one moment in the order of the tables, so the visit stands above those who attended it.
    first, *others = [_table_query(table, -n, file_id, user) for n, table in enumerate(tables)]
    sql, params = first.union(*others, all=True).query.sql_with_params()
    key = "at, position, history_id"
    where, order = "WHERE (kind <> '~' OR tracked IS DISTINCT FROM tracked_before)", "DESC"
    if cursor:
        boundary = f"(SELECT {key} FROM entries WHERE label = %s AND history_id = %s)"
        where += f" AND ({key}) {'>' if backwards else '<'} {boundary}"
        params = (*params, *cursor)
        order = "ASC" if backwards else "DESC"
    ordered = ", ".join(f"{each} {order}" for each in key.split(", "))
    statement = (
        f"WITH entries ({COLUMNS}, tracked, tracked_before, position) AS ({sql}) "
        f"SELECT {COLUMNS} FROM entries {where} ORDER BY {ordered} LIMIT %s"
    )
    with connection.cursor() as database:
        database.execute(statement, (*params, size))
        records = [dict(zip(COLUMNS.split(", "), row, strict=True)) for row in database.fetchall()]
    for row in records:
        row["state"] = json.loads(row["state"])
        row["before"] = json.loads(row["before"]) if row["before"] else None
    return records


def _parse_cursor(text: str, by_label: dict) -> tuple[str, int] | None:
    """(label, id) of "families.person-12"; None for anything else."""
    match = re.fullmatch(r"([a-z.]+)-([0-9]{1,18})", text)
    return (match[1], int(match[2])) if match and match[1] in by_label else None


# ---- presentation ------------------------------------------------------------------------------------


def _related_names(rows: list[dict], by_label: dict[str, HistoryTable]) -> RowNames:
    """Names of all related rows; one statement for each model."""
    wanted: dict[type[models.Model], set[int]] = {}
    for row in rows:
        for each in by_label[row["label"]].fields:
            if each.related_model:
                ids = {state[each.name] for state in (row["state"], row["before"]) if state} - {None}
                wanted.setdefault(each.related_model, set()).update(ids)
    return {model: _model_names(model, ids) for model, ids in wanted.items() if ids}


def _model_names(model: type[models.Model], ids: set[int]) -> dict[int, str]:
    """Names of the rows by id; deleted rows by their last version, if it can still be named."""
    table = HISTORY_TABLES.get(model)
    rows = model._default_manager.select_related(*(table.name_select_related if table else ())).in_bulk(ids)
    if issubclass(model, AuditedModel) and (deleted := ids - rows.keys()):
        rows |= {row.pk: row for row in latest_versions(model, deleted)}
    names = {}
    for pk, row in rows.items():
        with suppress(ObjectDoesNotExist):
            names[pk] = str(row)
    return names


def _build_entries(
    rows: list[dict], by_label: dict[str, HistoryTable], names: RowNames
) -> list[HistoryEntry]:
    return [_build_entry(row, by_label[row["label"]], names) for row in rows]


def _build_entry(row: dict, table: HistoryTable, names: RowNames) -> HistoryEntry:
    state, model = row["state"], table.model
    values = {
        each.name: _display_value(each, state[each.name], names)
        for each in model._meta.concrete_fields
        if each.name in table.name_fields
    }
    label = str(model._meta.verbose_name).capitalize()
    return HistoryEntry(
        cursor=f"{row['label']}-{row['history_id']}",
        at=row["at"],
        reason=row["reason"] or label,
        author=f"{row['first_name'] or ''} {row['last_name'] or ''}".strip(),
        model_label=label,
        name=table.row_name(values),
        withheld_from=row["withheld_from"],
        validity=_validity_text(state) if issubclass(model, ValidTimeModel) else "",
        changes=_initial_values(state, table, names)
        if row["kind"] == "+"
        else _field_changes(row, table, names),
    )


def _initial_values(state: dict, table: HistoryTable, names: RowNames) -> list[FieldChange]:
    """Values of a new row without those in its name and validity, and without unticked checkboxes."""
    shown = table.name_fields | {"starts_on", "ends_on"}
    entered = [
        (each, _display_value(each, state[each.name], names))
        for each in table.fields
        if each.name not in shown and state[each.name] is not False
    ]
    return [FieldChange(_label(each), value) for each, value in entered if value]


def _field_changes(row: dict, table: HistoryTable, names: RowNames) -> list[FieldChange]:
    if row["before"] is None:
        return []
    changes = []
    for each in table.fields:
        now, before = row["state"][each.name], row["before"][each.name]
        if now == before:
            continue
        if isinstance(each, PeselField):
            changes.append(
                FieldChange(_label(each), "zmieniono" if now and before else "wpisano" if now else "usunięto")
            )
        else:
            changes.append(
                FieldChange(
                    _label(each), _display_value(each, now, names), _display_value(each, before, names)
                )
            )
    return changes


def _label(each: models.Field) -> str:
    if each.name in VALIDITY_LABELS:
        return VALIDITY_LABELS[each.name]
    return each.verbose_name[:1].upper() + each.verbose_name[1:]


def _display_value(each: models.Field, value, names: RowNames) -> str:
    """A stored value as text; empty for no value."""
    if value in (None, "", []):
        return ""
    if isinstance(each, PeselField):
        return "wpisano"
    if each.related_model:
        return names.get(each.related_model, {}).get(value, "")
    if each.choices:
        return str(dict(each.flatchoices).get(value, value))
    if isinstance(value, bool):
        return "tak" if value else "nie"
    if isinstance(value, list) and isinstance(each, ArrayField):
        labels = dict(each.base_field.flatchoices)
        return ", ".join(str(labels.get(item, item)) for item in value)
    if isinstance(each, models.DateTimeField):
        return f"{datetime.fromisoformat(value).astimezone(clock.WARSAW):%d.%m.%Y %H:%M}"
    if isinstance(each, models.TimeField):
        return value[:5]
    if isinstance(each, models.DateField):
        return short_date(date.fromisoformat(value))
    return str(value)


def _validity_text(state: dict) -> str:
    """Validity of the row: "od 04.03.2026", "04.03.2026–12.10.2026"."""
    start = date.fromisoformat(state["starts_on"])
    end = date.fromisoformat(state["ends_on"]) if state.get("ends_on") else None
    if end is None:
        return f"od\u00a0{short_date(start)}"
    return short_date(start) if start == end else f"{short_date(start)}–{short_date(end)}"
