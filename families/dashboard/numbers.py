"""Counts of the whole centre for the start page of a manager, in one statement."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import connection

from families import law
from families.caseload.models import COUNTED_KINDS
from families.choices import BasisKind, DeadlineKind
from families.dashboard.overdue import KIND_COLUMNS, UNASSIGNED_NAME
from lubsko_ops.accounts.notices import WAITING
from lubsko_ops.core.dates import quarter_and_previous, thirty_days


@dataclass
class ManagerNumbers:
    """Counts of the whole centre.

    overdue: number of deadlines by user id (None: nobody) and column; names: of these users; quarter: numbers by
    (row, "now" or "before"); families, only_za_zyciem, children, court, visits: by assistant (id; None: all families
    of assistants, each once) the families they lead or stand in for, those of them helped only under "Za życiem", the
    children living in them, the number of those under a court order, and of the visits held in thirty days;
    duplicates: pairs of people awaiting a decision; notices: roles and links that the manager has not read about.

    A child of two families stands in ``children`` twice; ``shared_children`` holds the ids of the families of each.
    """

    overdue: dict[int | None, dict[str, int]] = field(default_factory=dict)
    names: dict[int | None, str] = field(default_factory=dict)
    longest: dict | None = None
    quarter: dict[tuple[str, str], int] = field(default_factory=dict)
    families: dict[int | None, set[int]] = field(default_factory=dict)
    only_za_zyciem: dict[int | None, set[int]] = field(default_factory=dict)
    children: dict[int | None, int] = field(default_factory=dict)
    court: dict[int | None, int] = field(default_factory=dict)
    visits: dict[int | None, int] = field(default_factory=dict)
    shared_children: list[set[int]] = field(default_factory=list)
    duplicates: int = 0
    notices: int = 0

    @property
    def overdue_by_user(self) -> dict[int, int]:
        return {user: sum(columns.values()) for user, columns in self.overdue.items() if user}

    def families_of(self, who: int | None) -> set[int]:
        return self.families.get(who, set())

    def counted_of(self, who: int, on: date) -> set[int]:
        """The families that take a place of the assistant's limit (as ``Caseload.counted_on``)."""
        excluded = set() if law.COUNTS_ZA_ZYCIEM.on(on) else self.only_za_zyciem.get(who, set())
        return self.families_of(who) - excluded

    def count_children(self, who: int | None, families: set[int]) -> int:
        """Children living in the families of an assistant, or of all (None): each person once."""
        counted_again = sum(max(len(shared & families) - 1, 0) for shared in self.shared_children)
        return self.children.get(who, 0) - counted_again

    @property
    def overdue_total(self) -> int:
        return sum(sum(columns.values()) for columns in self.overdue.values())


# Written by hand: Django needs ten times longer to compile this than the database to run it.
NUMBERS = f"""
    SELECT 'late', responsible_id, kind, count(*), NULL::bigint, first_name || ' ' || last_name
    FROM deadlines_deadline LEFT JOIN accounts_user AS person ON person.id = responsible_id
    WHERE done_on IS NULL AND due_on < %(day)s GROUP BY responsible_id, kind, first_name, last_name
    UNION ALL (
        SELECT 'longest', family_id, kind, %(day)s - due_on, NULL, family.name
        FROM deadlines_deadline JOIN people_family AS family ON family.id = family_id
        WHERE done_on IS NULL AND due_on < %(day)s ORDER BY due_on, deadlines_deadline.id LIMIT 1
    )
    UNION ALL
    SELECT 'quarter', NULL::bigint, 'now', count(*) FILTER (WHERE result = 'held'),
        count(*) FILTER (WHERE result <> 'held'), ''
    FROM visits_visit WHERE day BETWEEN %(now_start)s AND %(now_end)s
    UNION ALL
    SELECT 'quarter', NULL::bigint, 'before', count(*) FILTER (WHERE result = 'held'),
        count(*) FILTER (WHERE result <> 'held'), ''
    FROM visits_visit WHERE day BETWEEN %(before_start)s AND %(before_end)s
    UNION ALL
    SELECT 'begun', NULL::bigint, '', count(*) FILTER (WHERE starts_on >= %(now_start)s),
        count(*) FILTER (WHERE starts_on <= %(before_end)s), ''
    FROM caseload_workperiod WHERE starts_on BETWEEN %(before_start)s AND %(now_end)s
    UNION ALL
    SELECT 'ended', NULL::bigint, '', count(*) FILTER (WHERE ends_on >= %(now_start)s),
        count(*) FILTER (WHERE ends_on <= %(before_end)s), ''
    FROM caseload_workperiod WHERE ends_on BETWEEN %(before_start)s AND %(now_end)s
    UNION ALL
    SELECT 'accepted', NULL::bigint, '', count(*) FILTER (WHERE accepted_on >= %(now_start)s),
        count(*) FILTER (WHERE accepted_on <= %(before_end)s), ''
    FROM plans_plan WHERE accepted_on BETWEEN %(before_start)s AND %(now_end)s
    UNION ALL
    SELECT 'duplicates', NULL::bigint, '', count(*), NULL, '' FROM people_duplicatecandidate
    UNION ALL
    SELECT 'notices', NULL::bigint, '', count(*), NULL, '' FROM ({WAITING}) AS waiting
    UNION ALL
    SELECT 'families', assistant."user",
        string_agg(family_id::text, ' ') FILTER (WHERE basis_kinds = ARRAY[%(za_zyciem)s::varchar]),
        sum(children), count(*) FILTER (WHERE 'court' = ANY(basis_kinds)), string_agg(family_id::text, ' ')
    FROM case_files_casesummary, jsonb_to_recordset(assistants) AS assistant("user" bigint, kind text)
    WHERE status = 'running' AND kind = ANY(%(counted_kinds)s) GROUP BY assistant."user"
    UNION ALL
    SELECT 'families', NULL, '', sum(children), count(*) FILTER (WHERE 'court' = ANY(basis_kinds)), ''
    FROM case_files_casesummary WHERE status = 'running' AND EXISTS (
        SELECT FROM jsonb_to_recordset(assistants) AS assistant(kind text) WHERE kind = ANY(%(counted_kinds)s)
    )
    UNION ALL
    SELECT 'visits', assistant_id, '', count(*), NULL::bigint, ''
    FROM visits_visit WHERE day BETWEEN %(visits_since)s AND %(day)s AND result = 'held'
    GROUP BY ROLLUP (assistant_id)
    UNION ALL
    SELECT 'shared', NULL::bigint, '', 0, NULL::bigint, array_to_string(families, ' ')
    FROM (
        SELECT array_agg(family_id) FROM case_files_casesummary, unnest(child_ids) AS child
        WHERE status = 'running' GROUP BY child HAVING count(*) > 1
    ) AS shared (families)"""


def get_manager_numbers(day: date, manager: int | None = None) -> ManagerNumbers:
    """Overdue deadlines, figures of the quarter (a returning family counts again) and of assistants. One statement.

    ``manager``: id of the manager whose notices are counted.
    """
    now, before = quarter_and_previous(day)
    days = {
        "now_start": now.start,
        "now_end": now.end,
        "before_start": before.start,
        "before_end": before.end,
    }
    numbers = ManagerNumbers()
    with connection.cursor() as cursor:
        days |= {"day": day, "visits_since": thirty_days(day).start, "manager": manager}
        codes = {
            "counted_kinds": [str(kind) for kind in COUNTED_KINDS],
            "za_zyciem": str(BasisKind.ZA_ZYCIEM),
        }
        cursor.execute(NUMBERS, days | codes)
        for topic, who, kind, number, earlier, name in cursor.fetchall():
            if topic == "late":
                columns = numbers.overdue.setdefault(who, Counter())
                columns[KIND_COLUMNS[kind]] += number
                numbers.names[who] = name if who else UNASSIGNED_NAME
            elif topic == "longest":
                deadline = DeadlineKind(kind).label
                numbers.longest = {
                    "family": who,
                    "name": name,
                    "deadline": deadline,
                    "days": number,
                    "due_on": day - timedelta(days=number),
                }
            elif topic == "families":
                numbers.children[who], numbers.court[who] = number or 0, earlier
                numbers.families[who], numbers.only_za_zyciem[who] = _ids(name), _ids(kind)
            elif topic == "duplicates":
                numbers.duplicates = number
            elif topic == "notices":
                numbers.notices = number
            elif topic == "shared":
                numbers.shared_children.append(_ids(name))
            elif topic == "quarter":
                numbers.quarter["held", kind], numbers.quarter["failed", kind] = number, earlier
            elif topic == "visits":
                numbers.visits[who] = number
            else:
                numbers.quarter[topic, "now"], numbers.quarter[topic, "before"] = number, earlier
    return numbers


def _ids(text: str | None) -> set[int]:
    """The ids in a text of ids with spaces between."""
    return {int(pk) for pk in (text or "").split()}
