"""Reading history: who changed what, when, why, and which day it concerns, over all models of one file.

A file (a family, later a project) is told by registered sources. One statement of a fixed shape puts their
history tables together, each row beside the state before it, newest first, paged by keys; a few more bring
the names of people and places the rows point to. A PESEL is never shown: only that it changed.
"""

import json
import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from string import Formatter

from django.core.exceptions import ObjectDoesNotExist
from django.db import connection, models
from django.db.models import Expression, F, Q, Value, Window
from django.db.models.functions import JSONObject, Lag

from lubsko_ops.audit.history import last_known_versions
from lubsko_ops.audit.models import AuditedModel
from lubsko_ops.core import clock
from lubsko_ops.core.fields import PeselField
from lubsko_ops.core.polish import short_date
from lubsko_ops.core.temporal import ValidTimeModel

PAGE_SIZE = 25
# Relations needed to name a row of the model without a statement for each.
NAME_SELECT_RELATED: dict[type[models.Model], tuple[str, ...]] = {}
RowNames = dict[type[models.Model], dict[int, str]]

VALIDITY_LABELS = {"starts_on": "Pierwszy dzień", "ends_on": "Ostatni dzień"}
COLUMNS = "source, row_id, history_id, at, kind, why, first_name, last_name, withheld, state, before"
# What every save touches.
BOOKKEEPING_FIELDS = {"version", "entered_at", "entered_by", "search_key"}


@dataclass(frozen=True)
class HistorySource:
    """The history of one model as a part of a file.

    rows: from the id of the file, which history rows belong to it; about: a format of the fields that name
    a row ("{first_name} {last_name}"), or with ``named`` the fields it is made of; leave_out: fields that say
    nothing new; hidden_from: from a person, the rows she may not see; withheld: an expression over the history
    row that says from whom its content is withheld now, empty for nobody.
    """

    model: type[models.Model]
    rows: Callable[[int], Q]
    about: str = ""
    leave_out: frozenset[str] = frozenset()
    hidden_from: Callable[[object], Q] | None = None
    named: Callable[..., str] | None = None
    withheld: Callable[[], Expression] | None = None

    def name_of(self, words: dict[str, str]) -> str:
        """How a row is called, from the words of its fields."""
        return " ".join((self.named(**words) if self.named else self.about.format(**words)).split())

    @property
    def label(self) -> str:
        return self.model._meta.label_lower

    @property
    def named_by(self) -> set[str]:
        """Fields the row is named by."""
        return {name for _, name, _, _ in Formatter().parse(self.about) if name}

    @property
    def fields(self) -> list[models.Field]:
        """Fields a person fills in; what the machinery keeps (version, search key) is left out."""
        return [
            each
            for each in self.model._meta.concrete_fields
            if each.editable and not each.primary_key and each.name not in self.leave_out
        ]

    @property
    def noticed(self) -> list[str]:
        """Columns whose change is a change of the case; a row saved again as it was tells nothing."""
        kept = [each for each in self.model._meta.concrete_fields if each.name not in BOOKKEEPING_FIELDS]
        return [each.attname for each in kept if not each.primary_key and not isinstance(each, PeselField)]


@dataclass(frozen=True)
class FieldChange:
    """One field: what it says now and what it said before, in words; either may be empty."""

    label: str
    now: str
    before: str = ""


@dataclass(frozen=True)
class HistoryEntry:
    """One change of one row: the reason of the deed, whom or what it is about, the author, the moment.

    withheld_from: who must not learn what it says; it then stands on the screen alone.
    """

    cursor: str
    at: datetime
    why: str
    author: str
    what: str
    name: str
    concerns: str
    withheld_from: str = ""
    changes: list[FieldChange] = field(default_factory=list)

    @property
    def subject(self) -> str:
        return f"{self.what}: {self.name}" if self.name else self.what

    @property
    def deed(self) -> tuple:
        """Entries one after another that share it were written by one deed."""
        return self.day, self.time, self.why, self.author

    @property
    def day(self) -> date:
        return clock.local_date(self.at)

    @property
    def time(self) -> str:
        return f"{self.at.astimezone(clock.WARSAW):%H:%M}"


@dataclass(frozen=True)
class HistoryPage:
    """One page of history, newest first, and the cursors its neighbours begin at."""

    entries: list[HistoryEntry]
    after: str = ""
    before: str = ""


def get_history_page(
    sources: Iterable[HistorySource],
    file_id: int,
    *,
    user,
    after: str = "",
    before: str = "",
    size: int = PAGE_SIZE,
) -> HistoryPage:
    """A page of the file's history as this person may see it; the first page when the cursor fits nothing.

    One statement, and one for each kind of thing the changes point to.
    """
    by_label = {source.label: source for source in sources}
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


# ---- the statement -----------------------------------------------------------------------------------


def _source_query(source: HistorySource, file_id: int, user):
    """History rows of one model, each with its state and the state before."""
    rows = source.model.history.model.objects.filter(source.rows(file_id))
    if source.hidden_from:
        rows = rows.exclude(source.hidden_from(user))
    # The ciphertext differs at each saving; the keyed hash tells whether the number itself has changed.
    columns = {
        each.name: F(f"{each.name}_key" if isinstance(each, PeselField) else each.attname)
        for each in source.fields
    }
    state, noticed = JSONObject(**columns), JSONObject(**{name: F(name) for name in source.noticed})
    in_turn = {"partition_by": F("id"), "order_by": "history_id"}
    return rows.order_by().values_list(
        Value(source.label, output_field=models.TextField()),
        "id",
        "history_id",
        "history_date",
        "history_type",
        "history_change_reason",
        "history_user__first_name",
        "history_user__last_name",
        source.withheld() if source.withheld else Value("", output_field=models.TextField()),
        state,
        Window(Lag(state), **in_turn),
        noticed,
        Window(Lag(noticed), **in_turn),
    )


def _fetch_rows(sources, file_id: int, user, *, cursor, backwards: bool, size: int) -> list[dict]:
    first, *others = [_source_query(source, file_id, user) for source in sources]
    sql, params = first.union(*others, all=True).query.sql_with_params()
    key = "at, source, history_id"
    where, order = "WHERE (kind <> '~' OR noticed IS DISTINCT FROM noticed_before)", "DESC"
    if cursor:
        here = f"(SELECT {key} FROM entries WHERE source = %s AND history_id = %s)"
        where += f" AND ({key}) {'>' if backwards else '<'} {here}"
        params = (*params, *cursor)
        order = "ASC" if backwards else "DESC"
    ordered = ", ".join(f"{each} {order}" for each in key.split(", "))
    statement = (
        f"WITH entries ({COLUMNS}, noticed, noticed_before) AS ({sql}) "
        f"SELECT {COLUMNS} FROM entries {where} ORDER BY {ordered} LIMIT %s"
    )
    with connection.cursor() as database:
        database.execute(statement, (*params, size))
        found = [dict(zip(COLUMNS.split(", "), row, strict=True)) for row in database.fetchall()]
    for row in found:
        row["state"] = json.loads(row["state"])
        row["before"] = json.loads(row["before"]) if row["before"] else None
    return found


def _parse_cursor(text: str, by_label: dict) -> tuple[str, int] | None:
    """(source, id) of "families.person-12"; None for anything else."""
    match = re.fullmatch(r"([a-z.]+)-([0-9]{1,18})", text)
    return (match[1], int(match[2])) if match and match[1] in by_label else None


# ---- in words ----------------------------------------------------------------------------------------


def _related_names(rows: list[dict], by_label: dict[str, HistorySource]) -> RowNames:
    """Names of everything the rows point to; one statement for each model."""
    wanted: dict[type[models.Model], set[int]] = {}
    for row in rows:
        for each in by_label[row["source"]].fields:
            if each.is_relation:
                ids = {state[each.name] for state in (row["state"], row["before"]) if state} - {None}
                wanted.setdefault(each.related_model, set()).update(ids)
    return {model: _model_names(model, ids) for model, ids in wanted.items() if ids}


def _model_names(model: type[models.Model], ids: set[int]) -> dict[int, str]:
    """Names of the rows; of those taken back since, as far as their own rows are still there to name them."""
    found = model._default_manager.select_related(*NAME_SELECT_RELATED.get(model, ())).in_bulk(ids)
    if issubclass(model, AuditedModel) and (gone := ids - found.keys()):
        found |= {row.pk: row for row in last_known_versions(model, gone)}
    names = {}
    for pk, row in found.items():
        with suppress(ObjectDoesNotExist):
            names[pk] = str(row)
    return names


def _build_entries(
    rows: list[dict], by_label: dict[str, HistorySource], names: RowNames
) -> list[HistoryEntry]:
    return [_build_entry(row, by_label[row["source"]], names) for row in rows]


def _build_entry(row: dict, source: HistorySource, names: RowNames) -> HistoryEntry:
    state, model = row["state"], source.model
    parts = {
        name: _display_value(model._meta.get_field(name), state[name], names) for name in source.named_by
    }
    what = model._meta.verbose_name.capitalize()
    return HistoryEntry(
        cursor=f"{row['source']}-{row['history_id']}",
        at=row["at"],
        why=row["why"] or what,
        author=f"{row['first_name'] or ''} {row['last_name'] or ''}".strip(),
        what=what,
        name=source.name_of(parts),
        withheld_from=row["withheld"],
        concerns=_validity_text(state) if issubclass(model, ValidTimeModel) else "",
        changes=_initial_values(state, source, names)
        if row["kind"] == "+"
        else _field_changes(row, source, names),
    )


def _initial_values(state: dict, source: HistorySource, names: RowNames) -> list[FieldChange]:
    """What was entered, without what the title and the days already say, and without what was not ticked."""
    said = source.named_by | {"starts_on", "ends_on"}
    entered = [
        (each, _display_value(each, state[each.name], names))
        for each in source.fields
        if each.name not in said and state[each.name] is not False
    ]
    return [FieldChange(_label(each), words) for each, words in entered if words]


def _field_changes(row: dict, source: HistorySource, names: RowNames) -> list[FieldChange]:
    if row["before"] is None:
        return []
    changes = []
    for each in source.fields:
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
    """A stored value as a person reads it; empty for nothing."""
    if value in (None, "", []):
        return ""
    if isinstance(each, PeselField):
        return "wpisano"
    if each.is_relation:
        return names.get(each.related_model, {}).get(value, "")
    if each.choices:
        return str(dict(each.flatchoices).get(value, value))
    if isinstance(value, bool):
        return "tak" if value else "nie"
    if isinstance(value, list):
        labels = dict(each.base_field.flatchoices)
        return ", ".join(str(labels.get(one, one)) for one in value)
    if isinstance(each, models.DateTimeField):
        return f"{datetime.fromisoformat(value).astimezone(clock.WARSAW):%d.%m.%Y %H:%M}"
    if isinstance(each, models.TimeField):
        return value[:5]
    if isinstance(each, models.DateField):
        return short_date(date.fromisoformat(value))
    return str(value)


def _validity_text(state: dict) -> str:
    """The days a dated row holds: "od 04.03.2026", "04.03.2026–12.10.2026"."""
    start, end = (
        date.fromisoformat(state[name]) if state.get(name) else None for name in ("starts_on", "ends_on")
    )
    if end is None:
        return f"od\u00a0{short_date(start)}"
    return short_date(start) if start == end else f"{short_date(start)}–{short_date(end)}"
