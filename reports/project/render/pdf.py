"""The report of a project on paper: the context of print/project/report.html.

Plain values only, so that a paper can be kept as issued.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import count
from math import ceil
from typing import Any

from lubsko_ops.core.dates import Period
from lubsko_ops.core.polish import count_of, join_list, number
from lubsko_ops.output.scale_chart import print_height
from projects.models import Edition
from projects.money.queries import Position
from projects.papers import load_groups, money, period_text, quantity_text
from reports.figure import LOCAL, AnyFigure
from reports.kinds import Correction
from reports.papers import correction_data
from reports.project.proposals import QUESTIONS
from reports.project.render.charts import attendance_values, survey_values
from reports.project.statement import ProjectStatement
from reports.tables import NO_VALUE, FigureRow, format_in_unit

FEW_MEETINGS = 3  # a table of so many says more than a chart
FEW_ROWS = 10  # of a table that stays on one page
CHART_HEIGHT = 420  # of one figure and at most a row more, in points; a longer one goes on in the next
MEETING_FIGURES = {"spotkania-odbyte", "godziny-spotkan"}
WHOLE_NUMBERS = ("", "money")
# The rows of the first table after who took part: steps and what was held, beside what the document planned.
COURSE = ("rozpoczete", "ukonczone", "przerwane", "spotkania-odbyte", "godziny-spotkan")


@dataclass
class PaperNumbers:
    """Numbers of the tables and charts of one paper, and the figures its annex explains by the table of each."""

    tables: Iterator[int] = field(default_factory=lambda: count(1))
    charts: Iterator[int] = field(default_factory=lambda: count(1))
    explained: dict[AnyFigure, int] = field(default_factory=dict)

    def explain(self, figures: Iterable[AnyFigure], table: int) -> None:
        for figure in figures:
            self.explained.setdefault(figure, table)


def build_context(
    statement: ProjectStatement,
    *,
    texts: list[tuple[str, str]],
    locality: str,
    on: date,
    version: str,
    is_approved: bool,
    prepared_by: str = "",
    approved_by: str = "",
    correction: Correction | None = None,
) -> dict[str, Any]:
    """The context but for the centre. ``version``: how far this print is the final one, in words.

    ``texts``: headings with their texts, as ``reports.models.split_texts`` gives them.
    """
    edition, numbers = statement.edition, PaperNumbers()
    return {
        **_heading(edition, statement.own_period),
        "case_reference": edition.case_reference,
        "locality": locality,
        "dated": on,
        "as_of": statement.own_period.end,
        "version": version,
        "is_approved": is_approved,
        "realisers": edition.realisers,
        "leaders": _leaders(edition, statement.own_period),
        "target_group": edition.target_group,
        "main_goal": edition.main_goal,
        "course": _texts(texts, "", "Przebieg"),
        "course_table": _course_table(statement, numbers),
        "people": _group_table(statement, numbers, "uczestnicy", _people_title(statement)),
        "indicators": _indicator_table(statement, numbers),
        "surveys": _survey_figures(statement, numbers),
        "attendance": _attendance(statement, numbers),
        "work": _group_table(statement, numbers, "praca", "Praca z rodzinami"),
        "events": _group_table(statement, numbers, "wydarzenia", "Wydarzenia bez zapisów"),
        "budget": _budget_table(statement, numbers),
        "closing": _texts(texts, "Czego nie zrobiono i dlaczego", "Wnioski i rekomendacje"),
        "prepared_by": prepared_by,
        "approved_by": approved_by,
        "correction": correction_data(correction),
        "definitions": [
            {
                "name": figure.title.removeprefix("w tym "),
                "definition": figure.definition,
                "basis": "" if figure.basis == LOCAL else figure.basis,
                "table": table,
            }
            for figure, table in numbers.explained.items()
        ],
    }


# ---- head ----------------------------------------------------------------------------------------------
def _heading(edition: Edition, period: Period) -> dict[str, Any]:
    is_final = is_final_period(edition, period)
    kind = "końcowe" if is_final else "częściowe"
    return {
        "title": edition.title,
        "kind": f"Sprawozdanie {kind} z projektu socjalnego",
        "short_title": f"Sprawozdanie {kind} z projektu",
        "year": "" if is_final or not is_year_of(edition, period) else period.start.year,
        "period": period.name,
        "project_period": "" if is_final else period_text(edition),
    }


def is_final_period(edition: Edition, period: Period) -> bool:
    """Whether a report about these days is about the whole project."""
    return (period.start, period.end) == (edition.starts_on, edition.ends_on)


def is_year_of(edition: Edition, period: Period) -> bool:
    """Whether the days are those of the project in one calendar year, so that the year names them."""
    year = period.start.year
    last = min(edition.ends_on or date(year, 12, 31), date(year, 12, 31))
    return (period.start, period.end) == (max(edition.starts_on, date(year, 1, 1)), last)


def _leaders(edition: Edition, period: Period) -> str:
    """Who leads the groups of these days. Two statements."""
    leaders = [
        str(leader)
        for group in load_groups(edition)
        for leader in group.leaders.all()
        if leader.starts_on <= period.end and (leader.ends_on is None or leader.ends_on >= period.start)
    ]
    return join_list(dict.fromkeys(leaders))


def _texts(texts: list[tuple[str, str]], *headings: str) -> list[dict[str, str]]:
    """Those under these headings; text without a heading is a description."""
    return [{"heading": heading or "Opis", "text": text} for heading, text in texts if heading in headings]


# ---- numbers -------------------------------------------------------------------------------------------
def _course_table(statement: ProjectStatement, numbers: PaperNumbers) -> dict[str, Any] | None:
    """Who took part and what was held beside what the document planned; None where nobody was enrolled."""
    catalogue, planned = statement.catalogue, statement.planned
    figures = _course_figures(statement)
    rows = [
        {
            "name": figure.name,
            "plan": format_in_unit(figure.unit, planned.get(figure.key)),
            "is_planned": figure.key in planned,
            "text": statement.text(figure.key),
            "is_integer": figure.unit in WHOLE_NUMBERS,
            "css": "sub" if figure.emphasis == "part" else "",
        }
        for figure in figures
    ]
    if not figures:
        return None
    share = catalogue["frekwencja"]
    if (value := statement.value(share)) is not None:
        came, possible = (statement.text(key) for key in ("obecnosci", "obecnosci-mozliwe"))
        rows.append(
            {
                "name": f"{share.name}, w % ({came} z {possible} możliwych obecności)",
                "plan": NO_VALUE,
                "is_planned": False,
                "text": number(value * 100, 1),
                "is_integer": False,
                "css": "",
            }
        )
        figures.append(share)
    table = next(numbers.tables)
    numbers.explain(figures, table)
    return {"number": table, "title": "Uczestnictwo", "rows": rows}


def _course_figures(statement: ProjectStatement) -> list[AnyFigure]:
    """Who took part, then steps with the reasons of those who left, then meetings where there were or should be any."""
    catalogue = statement.catalogue
    keys = ["rodziny-w-projekcie" if statement.is_of_families else "uczestnicy"]
    for key in COURSE:
        keys.append(key)
        if key == "przerwane":
            keys += [each for each in catalogue if each.startswith("przerwane-")]
    optional = set(keys) if statement.is_of_events else MEETING_FIGURES
    return [
        catalogue[key]
        for key in keys
        if statement.value(catalogue[key])
        or statement.planned.get(key)
        or not (key in optional or catalogue[key].hide_when_zero)
    ]


def _people_title(statement: ProjectStatement) -> str:
    return "Rodziny" if statement.is_of_families else "Uczestnicy według płci i wieku"


def _group_table(
    statement: ProjectStatement, numbers: PaperNumbers, key: str, title: str
) -> dict[str, Any] | None:
    """The first group of a table of the statement without zeros of people; None where it has nothing but zeros."""
    groups = [
        each
        for table in statement.tables
        if table.definition.key == key
        for each in table.groups
        if each.title == table.definition.groups[0].title
    ]
    shown: list[FigureRow] = [
        row
        for each in groups
        for row in each.rows
        if row.figure.key != "miejsca" and (key != "uczestnicy" or statement.shows_people(row.figure.key))
    ]
    if not any(value for row in shown for value in row.values):
        return None
    table = next(numbers.tables)
    numbers.explain([row.figure for row in shown], table)
    return {
        "number": table,
        "title": title,
        "rows": [
            {
                "name": row.figure.name,
                "text": row.texts[0],
                "css": "sub" if row.figure.emphasis == "part" else "",
                "is_integer": row.figure.unit in WHOLE_NUMBERS,
            }
            for row in shown
        ],
        "has_decimals": any(row.figure.unit not in WHOLE_NUMBERS for row in shown),
    }


def _indicator_table(statement: ProjectStatement, numbers: PaperNumbers) -> dict[str, Any] | None:
    shown = [row for row in statement.indicator_rows if row.goal.goal or row.goal.indicator]
    if not shown:
        return None
    measured = [row.indicator for row in shown if row.indicator.value is not None]
    sources = dict.fromkeys(each.source or each.goal.source for each in measured)
    return {
        "number": next(numbers.tables),
        "rows": [
            {
                "place": row.goal.position,
                "goal": row.goal.goal,
                "indicator": ", ".join(filter(None, (row.goal.indicator, row.goal.unit))),
                "base": quantity_text(row.goal.base) or NO_VALUE,
                "target": quantity_text(row.goal.target) or NO_VALUE,
                "value": quantity_text(row.indicator.value) or NO_VALUE,
                "standing": row.standing,
                "words": row.words,
            }
            for row in shown
        ],
        "sources": "; ".join(filter(None, sources)),
    }


# ---- charts --------------------------------------------------------------------------------------------
def _survey_figures(statement: ProjectStatement, numbers: PaperNumbers) -> list[dict[str, Any]]:
    """A figure for each survey and kind of answers, of many questions several."""
    figures = []
    for chart in survey_values(statement):
        for part, rows in enumerate(_pages(chart["rows"])):
            caption = f"{chart['title']}, ciąg dalszy" if part else _survey_caption(chart)
            figures.append(
                {"number": next(numbers.charts), "caption": caption, "chart": [{**chart, "rows": rows}]}
            )
    return figures


def _pages(rows: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """The rows in parts of about one height that fit on a page each."""

    def height(part: list[dict[str, Any]]) -> float:
        return print_height([each["label"] for each in part])

    equal = height(rows) / ceil(height(rows) / CHART_HEIGHT)
    part: list[dict[str, Any]] = []
    for row in rows:
        if height(part) >= equal:
            yield part
            part = []
        part.append(row)
    yield part


def _survey_caption(chart: dict[str, Any]) -> str:
    """ "Ankieta: wynik po wyższy niż przed w 5 z 6 pytań"."""
    compared = [row for row in chart["rows"] if row["before"] is not None]
    if not compared:
        return str(chart["title"])
    higher = sum(row["after"] > row["before"] for row in compared)
    return f"{chart['title']}: wynik po wyższy niż przed w {higher} z {count_of(len(compared), QUESTIONS)}"


def _attendance(statement: ProjectStatement, numbers: PaperNumbers) -> dict[str, Any] | None:
    """A chart of attendance by meeting; a table where there are few."""
    values = attendance_values(statement)
    if values is None:
        return None
    if len(values["rows"]) > FEW_MEETINGS:
        return {"number": next(numbers.charts), "title": values["title"], "chart": values}
    rows = [
        {
            "name": row["label"],
            "came": number(row["part"]),
            "possible": number(row["whole"]),
            "percent": number(100 * row["part"] / row["whole"], 1),
        }
        for row in values["rows"]
    ]
    return {"number": next(numbers.tables), "title": values["title"], "rows": rows}


# ---- money ---------------------------------------------------------------------------------------------
def _budget_table(statement: ProjectStatement, numbers: PaperNumbers) -> dict[str, Any] | None:
    shown = [each for each in statement.positions if each.line.name or each.planned or each.spent]
    if not shown:
        return None
    catalogue, table = statement.catalogue, next(numbers.tables)
    numbers.explain([catalogue[key] for key in ("zaplanowano", "wydano")], table)
    return {
        "number": table,
        "rows": [_position(each) for each in shown],
        "planned": statement.text("zaplanowano"),
        "spent": statement.text("wydano"),
        "difference": money(sum((each.spent - each.planned for each in shown), Decimal(0))),
        "is_whole": is_final_period(statement.edition, statement.own_period),
        "fits_one_page": len(shown) <= FEW_ROWS,
    }


def _position(each: Position) -> dict[str, str]:
    return {
        "name": f"{each.line.position}. {each.line.name}",
        "source": each.line.get_source_display(),
        "planned": money(each.planned),
        "spent": money(each.spent),
        "difference": money(each.spent - each.planned),
        "explanation": each.line.difference,
    }
