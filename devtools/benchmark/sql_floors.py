"""Floors made by hand-written SQL over the facts, printed by string formatting: the family list, ``sum()``.

They say what the answer itself costs, without permissions, access log, filters and layout. The SQL names tables and
columns of the facts only; a stored summary that the application reads instead must not cost more than twice as much.
"""

from html import escape

from django.db import connection

from devtools.benchmark.subject import Subject
from lubsko_ops.core import clock
from lubsko_ops.core.dates import Quarter

# Work in progress by name: the page of 25 and one row more, which shows that there is a next page.
FAMILIES = """
WITH page AS (
    SELECT f.id, f.name, p.id AS period, p.year, p.serial, p.starts_on
    FROM people_family f
    JOIN caseload_workperiod p ON p.family_id = f.id
        AND p.starts_on <= %(day)s AND (p.ends_on IS NULL OR p.ends_on >= %(day)s)
    WHERE %(user)s::bigint IS NULL OR EXISTS (
        SELECT FROM caseload_assignment a WHERE a.period_id = p.id AND a.assistant_id = %(user)s
            AND a.starts_on <= %(day)s AND (a.ends_on IS NULL OR a.ends_on >= %(day)s))
    ORDER BY f.name, f.id LIMIT 26)
SELECT page.id, page.name, page.year, page.serial, page.starts_on, household.people, household.children,
    assistants.names, bases.kinds, address.region, address.street, address.house, address.locality,
    deadline.kind, deadline.due_on, visit.day
FROM page
LEFT JOIN LATERAL (
    SELECT count(*) AS people, count(*) FILTER (WHERE q.born_on > %(day)s - interval '18 years') AS children
    FROM people_membership m JOIN people_person q ON q.id = m.person_id
    WHERE m.family_id = page.id AND m.starts_on <= %(day)s AND (m.ends_on IS NULL OR m.ends_on >= %(day)s)
        AND m.stay IN ('here', 'alternate') AND (q.died_on IS NULL OR q.died_on >= %(day)s)) household ON true
LEFT JOIN LATERAL (
    SELECT string_agg(left(u.first_name, 1) || '. ' || u.last_name, ', ' ORDER BY a.starts_on, a.id) AS names
    FROM caseload_assignment a JOIN accounts_user u ON u.id = a.assistant_id
    WHERE a.period_id = page.period AND a.starts_on <= %(day)s AND (a.ends_on IS NULL OR a.ends_on >= %(day)s)
    ) assistants ON true
LEFT JOIN LATERAL (
    SELECT string_agg(DISTINCT b.kind, ', ') AS kinds FROM caseload_legalbasis b
    WHERE b.period_id = page.period AND b.starts_on <= %(day)s AND (b.ends_on IS NULL OR b.ends_on >= %(day)s)
    ) bases ON true
LEFT JOIN LATERAL (
    SELECT r.name AS region, o.street, o.house, o.locality
    FROM people_address o LEFT JOIN accounts_region r ON r.id = o.region_id
    WHERE o.family_id = page.id AND o.kind = 'residence'
        AND o.starts_on <= %(day)s AND (o.ends_on IS NULL OR o.ends_on >= %(day)s) LIMIT 1) address ON true
LEFT JOIN LATERAL (
    SELECT d.kind, d.due_on FROM deadlines_deadline d WHERE d.family_id = page.id AND d.done_on IS NULL
    ORDER BY d.due_on, d.id LIMIT 1) deadline ON true
LEFT JOIN LATERAL (
    SELECT v.day FROM visits_visit v WHERE v.period_id = page.period AND v.result = 'held'
    ORDER BY v.started_at DESC, v.id DESC LIMIT 1) visit ON true
ORDER BY page.name, page.id
"""
# The tabs: in progress, without any work, all.
COUNTS = """
SELECT (SELECT count(*) FROM caseload_workperiod p
        WHERE p.starts_on <= %(day)s AND (p.ends_on IS NULL OR p.ends_on >= %(day)s)
            AND (%(user)s::bigint IS NULL OR EXISTS (SELECT FROM caseload_assignment a WHERE a.period_id = p.id
                AND a.assistant_id = %(user)s AND a.starts_on <= %(day)s
                AND (a.ends_on IS NULL OR a.ends_on >= %(day)s)))),
    (SELECT count(*) FROM people_family f WHERE %(user)s::bigint IS NULL
        AND NOT EXISTS (SELECT FROM caseload_workperiod p WHERE p.family_id = f.id)),
    (SELECT count(*) FROM people_family WHERE %(user)s::bigint IS NULL)
"""
SUM = "SELECT sum(minutes) FROM visits_visit WHERE day BETWEEN %s AND %s"
PAGE = "<!doctype html><title>Rodziny</title><p>{} w toku, {} nowych, {} razem</p><table>{}</table>"


def family_list(user: int | None) -> str:
    """The page of the families in progress by name: of the whole centre or of one assistant."""
    values = {"day": clock.today(), "user": user}
    with connection.cursor() as cursor:
        cursor.execute(COUNTS, values)
        counts = cursor.fetchone()
        cursor.execute(FAMILIES, values)
        rows = cursor.fetchall()
    return PAGE.format(*counts, "\n".join(map(_row, rows[:25])))


def _row(row: tuple) -> str:
    pk, *cells = row
    cells = ["" if each is None else escape(str(each)) for each in cells]
    return f'<tr><td><a href="/rodziny/{pk}/">{cells[0]}</a></td><td>{"</td><td>".join(cells[1:])}</td></tr>'


def sum_of_quarter() -> int | None:
    """Minutes of all visits of the quarter that the report is about."""
    quarter = Quarter.of(clock.today()).previous
    with connection.cursor() as cursor:
        cursor.execute(SUM, [quarter.start, quarter.end])
        return cursor.fetchone()[0]


def list_floor(who: str, user: int | None = None) -> Subject:
    """The family list of a manager or, with the id of an assistant, of the families assigned to the user."""
    return Subject("SQL", who, lambda client: family_list(user))


SUM_OF_QUARTER = Subject("sum()", "maria", lambda client: sum_of_quarter())
