"""Change entries (``ChangeEntry``): which history rows one action wrote into which file.

Apps register the models whose rows belong to a file. From a row to its file leads a chain of parents (attendee, visit,
work period, family); the same joins make the entries of an action, at its end, and those of whole files, afterwards.
They read history tables only, so that they also find the file of a row whose parent was deleted.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from string import Formatter

from django.db import connection, models

from lubsko_ops.audit.models import VersionedModel
from lubsko_ops.core.permissions import Permission
from lubsko_ops.core.registry import Registry


@dataclass(frozen=True)
class FileLink:
    """SQL from a history row ``h`` to the id of its file: joins and a column."""

    joins: str
    column: str


@dataclass(frozen=True)
class HistoryTable:
    """The history of one model within a file.

    parents: field that leads to the parent row, several when exactly one of them is filled, none for the file itself;
    file_link replaces them where a row belongs to several files.
    name_format: names a row from its fields ("{first_name} {last_name}"), with ``get_name`` the fields passed to it;
    name_select_related: relations that str() of a row follows; excluded: fields not shown.
    permission: without it no row is shown; hidden_from: from a user to the condition on states they may not see;
    shown_when: SQL condition on the history row ``h`` in the file ``%(file)s``, for rows that stop being shown;
    withheld_from: SQL expression over ``h``, the person from whom its content is withheld now.
    """

    model: type[VersionedModel]
    parents: tuple[str, ...]
    name_format: str = ""
    excluded: frozenset[str] = frozenset()
    permission: Permission | None = None
    hidden_from: Callable[[object], Callable[[dict], bool]] | None = None
    get_name: Callable[..., str] | None = None
    withheld_from: str = "''"
    name_select_related: tuple[str, ...] = ()
    file_link: FileLink | None = None
    shown_when: str = "true"
    file_kind: str = "family"

    def row_name(self, values: dict[str, str]) -> str:
        """Name of a row from the display values of its fields."""
        name = self.get_name(**values) if self.get_name else self.name_format.format(**values)
        return " ".join(name.split())

    @cached_property
    def name_fields(self) -> list[models.Field]:
        """Fields used in the name of a row."""
        names = {name for _, name, _, _ in Formatter().parse(self.name_format)}
        return [each for each in self.model._meta.concrete_fields if each.name in names]

    @cached_property
    def fields(self) -> list[models.Field]:
        """Fields filled in by users; version, search key and the like are left out."""
        concrete = self.model._meta.concrete_fields
        return [
            each
            for each in concrete
            if each.editable and not each.primary_key and each.name not in self.excluded
        ]

    @property
    def label(self) -> str:
        return self.model._meta.label_lower

    @property
    def db_table(self) -> str:
        """The table of the history rows."""
        return self.model.history.model._meta.db_table


HISTORY_TABLES: Registry[HistoryTable] = Registry("history tables of a file", key=lambda table: table.model)

# Within an entry in the order of the tables, so that a visit stands above those who attended it.
INSERT_ENTRIES = """INSERT INTO "audit_changeentry"
    ("at", "by_id", "reason", "file_kind", "file_id", "labels", "row_ids", "history_ids")
    SELECT at, by_id, (array_agg(reason))[1], file_kind, file_id,
        array_agg(label), array_agg(row_id), array_agg(history_id)
    FROM (
        SELECT * FROM {changes} WHERE file_id IS NOT NULL
        ORDER BY file_kind, file_id, at, by_id, position, history_id
    ) AS sorted GROUP BY file_kind, file_id, at, by_id ORDER BY at, min(history_id)"""
REFRESH_ENTRIES = """WITH changes AS MATERIALIZED ({changes}),
    stored AS (
        SELECT id, file_id, row.label, row.history_id
        FROM "audit_changeentry", unnest(labels, history_ids) AS row (label, history_id)
        WHERE file_kind = %s AND file_id = ANY(%s)
    ),
    wrong AS (
        DELETE FROM "audit_changeentry" WHERE id IN (
            SELECT id FROM stored LEFT JOIN changes USING (file_id, label, history_id) WHERE row_id IS NULL
        ) RETURNING id
    ),
    missing AS (
        SELECT changes.* FROM changes
        LEFT JOIN (SELECT * FROM stored WHERE id NOT IN (SELECT id FROM wrong)) AS kept
        USING (file_id, label, history_id) WHERE kept.id IS NULL
    ),
    made AS ({insert} RETURNING id)
    SELECT (SELECT count(*) FROM wrong) + (SELECT count(*) FROM made)"""


def write_entries_after_action(rows: list[models.Model]) -> None:
    """Action hook: one entry for each file to which history rows among these belong. One statement."""
    written: dict[HistoryTable, list[int]] = defaultdict(list)
    for row in rows:
        if table := _tables_by_version().get(type(row)):
            written[table].append(row.pk)
    parts, params = [], []
    for table, ids in written.items():
        for select, _ in _selects(table):
            parts.append(f"{select} WHERE h.history_id = ANY(%s)")
            params.append(ids)
    if not parts:
        return
    with connection.cursor() as cursor:
        cursor.execute(INSERT_ENTRIES.format(changes=f"({' UNION ALL '.join(parts)}) AS changes"), params)


def refresh_entries(file_kind: str, files: list[int]) -> int:
    """Make the entries of these files (ids) agree with their history; returns how many were removed or made.

    Rows without an entry are put together by moment and author. One statement.
    """
    links = [each for table in HISTORY_TABLES if table.file_kind == file_kind for each in _selects(table)]
    changes = " UNION ALL ".join(f"{select} WHERE {column} = ANY(%s)" for select, column in links)
    sql = REFRESH_ENTRIES.format(changes=changes, insert=INSERT_ENTRIES.format(changes="missing"))
    with connection.cursor() as cursor:
        cursor.execute(sql, [files] * len(links) + [file_kind, files])
        return cursor.fetchone()[0]


@cache
def _tables_by_version() -> dict[type[models.Model], HistoryTable]:
    """The tables by the model of their history rows."""
    return {table.model.history.model: table for table in HISTORY_TABLES}


@cache
def _selects(table: HistoryTable) -> list[tuple[str, str]]:
    """For each link of the table the SELECT of its history rows with their file, and the column of the file."""
    position = list(HISTORY_TABLES).index(table)
    several = "DISTINCT " if table.file_link else ""
    return [
        (
            f"SELECT {several}'{table.file_kind}' AS file_kind, {link.column} AS file_id, h.history_date AS at, "
            f"h.history_user_id AS by_id, h.history_change_reason AS reason, {position} AS position, "
            f"'{table.label}' AS label, h.id AS row_id, h.history_id "
            f'FROM "{table.db_table}" AS h {link.joins}',
            link.column,
        )
        for link in ([table.file_link] if table.file_link else _links(table, "h"))
    ]


def _links(table: HistoryTable, alias: str) -> Iterator[FileLink]:
    """Links through the parents of the row ``alias``: every row was added once, so its first version stands for it."""
    if not table.parents:
        yield FileLink("", f"{alias}.id")
    for name in table.parents:
        field = table.model._meta.get_field(name)
        parent, above = HISTORY_TABLES[field.related_model], f"{alias}p"
        column = f'{alias}."{name}_id"'
        if not parent.parents:
            yield FileLink("", column)
            continue
        join = (
            f"""JOIN "{parent.db_table}" AS {above} ON {above}.id = {column} AND {above}.history_type = '+'"""
        )
        for link in _links(parent, above):
            yield FileLink(f"{join} {link.joins}", link.column)
