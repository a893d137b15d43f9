"""The statement on paper: what the template of the printed report is given."""

from datetime import date

from families.law import SUPPORT
from lubsko_ops.accounts.models import User
from lubsko_ops.centre.models import Centre
from lubsko_ops.core.polish import count_of
from lubsko_ops.output import chart
from reports.catalogue import movement, visits
from reports.catalogue import plans_and_assessments as papers
from reports.catalogue.quarterly import TABLES
from reports.catalogue.staff import POSTS, STAFF
from reports.figure import LOCAL, AnyFigure
from reports.statement import Filled, OfAssistant, Statement, Value, in_words

MOVES = (
    movement.OPENING,
    movement.STARTED,
    movement.TAKEN_OVER,
    movement.ENDED,
    movement.HANDED_OVER,
    movement.CLOSING,
    movement.SUPPORTED,
)
MOST_IN_A_PICTURE = 30  # more assistants than that do not fit a page
MONTHS = ("sty", "lut", "mar", "kwi", "maj", "cze", "lip", "sie", "wrz", "paź", "lis", "gru")


def paper_of(told: Statement, *, text: str, centre: Centre, manager: User | None, on: date) -> dict:
    """The context of print/quarterly.html; plain values only."""
    # Tables of their own shape on paper; the others have four columns of periods.
    plain = [filled for filled in told.tables if filled.table not in (STAFF, movement.MOVEMENT)]
    first = 3 if told.assistant is None else 2
    return {
        "told": told,
        "quarter": told.quarter,
        "assistant": told.assistant,
        "centre": centre,
        "manager": manager,
        "as_of": told.quarter.period.end,
        "place": centre.locality,
        "dated": on,
        "people": [_person(each) for each in told.people],
        "totals": _totals(told),
        "moves": _moves(told),
        "tables": [_plain_table(number, filled) for number, filled in enumerate(plain, start=first)],
        "highlights": _highlights(told),
        "families_chart": _families_chart(told),
        "visits_chart": _visits_chart(told),
        "text": text,
        "definitions": _definitions(told, first),
    }


def _person(each: OfAssistant) -> dict:
    return {
        "name": str(each.user),
        "form": each.form,
        "post": each.post,
        "closing": each.value(movement.CLOSING),
        "moves": [on_paper(figure, each.value(figure)) for figure in MOVES],
    }


def on_paper(figure: AnyFigure, value: Value) -> str:
    """As on the screen, but what did not occur is a dash, and what cannot be said an x."""
    if value is None:
        return "x"
    return in_words(figure, value) if value else "–"


def _plain_table(number: int, filled: Filled) -> dict:
    """A table with a column for each period."""
    groups = [
        {
            "title": group.title,
            "lines": [
                {"figure": line.figure, "words": [on_paper(line.figure, value) for value in line.values]}
                for line in group.lines
            ],
        }
        for group in filled.groups
    ]
    return {"number": number, "table": filled.table, "groups": groups}


def _totals(told: Statement) -> dict:
    """Sums of table 1; of the families only of those somebody leads."""
    led = sum(each.value(movement.CLOSING) for each in told.people)
    posts = sum(each.fraction for each in told.people if each.fraction is not None)
    with_contract = sum(1 for each in told.people if each.contract)
    return {"families": led, "posts": in_words(POSTS, posts), "limit": told.limit * with_contract}


def _moves(told: Statement) -> list[dict]:
    """The periods of the report as lines of table 2; "x" where the centre has no such number."""
    return [
        {
            "name": f"{column.head} narastająco" if column.code == "od-stycznia" else column.head,
            "now": not column.code,
            "words": [
                on_paper(figure, told.value(figure, column) if figure.rows_for(told.who) else None)
                for figure in MOVES
            ],
        }
        for column in told.columns
    ]


def _highlights(told: Statement) -> list[str]:
    """Sentences for who reads nothing else."""
    year_ago = told.columns[2]
    families, before = told.value(movement.SUPPORTED), told.value(movement.SUPPORTED, year_ago)
    made, overdue = told.value(papers.ASSESSED), told.value(papers.OVERDUE)
    held = told.value(visits.HELD)
    on_average = f", średnio {told.words(visits.PER_FAMILY)} na rodzinę" if families else ""
    return [
        f"Wsparciem objęto {count_of(families, 'rodzinę,rodziny,rodzin')}; rok wcześniej "
        f"{count_of(before, 'rodzinę,rodziny,rodzin')}.",
        f"Przybyło: {told.words(movement.STARTED)}, ubyło: {told.words(movement.ENDED)}. Na koniec okresu praca trwa "
        f"z {count_of(told.value(movement.CLOSING), 'rodziną,rodzinami,rodzinami')}.",
        f"Odbyto {count_of(held, 'wizytę,wizyty,wizyt')}{on_average}. Nieudanych było {told.words(visits.FAILED)}.",
        f"Plany: nowe {told.words(papers.PLANS_NEW)}, zmienione {told.words(papers.PLANS_CHANGED)}.",
        f"Okresowe oceny: wykonano {told.words(papers.ASSESSED)}, w terminie {told.words(papers.IN_TIME)}, zaległe "
        f"na koniec okresu: {told.words(papers.OVERDUE)}."
        if made or overdue
        else "W tym okresie nie przypadła żadna okresowa ocena.",
    ]


def _families_chart(told: Statement):
    """Families of each assistant against the limit; nothing where there is nobody or too many for a page."""
    if told.assistant or not 0 < len(told.people) <= MOST_IN_A_PICTURE:
        return ""
    people = sorted(told.people, key=lambda each: -each.value(movement.CLOSING))
    return chart.horizontal_bars(
        f"Rodziny na asystenta na koniec okresu, {told.quarter.name}",
        [str(each.user) for each in people],
        [each.value(movement.CLOSING) for each in people],
        limit=chart.ChartLimit(told.limit, f"limit {told.limit}"),
    )


def _visits_chart(told: Statement):
    months = told.visits_by_month
    return chart.bars(
        f"Wizyty odbyte w miesiącach {told.quarter.quarter.year}",
        [MONTHS[month.number - 1] for month, _, _ in months],
        [now for _, now, _ in months],
        [before for _, _, before in months],
        unit="liczba wizyt",
        marked=sum(month.start >= told.quarter.quarter.start for month, _, _ in months),
        paper=True,
    )


def _definitions(told: Statement, first: int) -> list[dict]:
    """The annex: each figure once, with the number of its table; areas and tasks explain themselves."""
    numbers = {STAFF: 1, movement.MOVEMENT: first - 1}
    plain = [filled.table for filled in told.tables if filled.table not in numbers]
    shown = {line.figure for filled in told.tables for group in filled.groups for line in group.lines}
    numbers |= {table: number for number, table in enumerate(plain, start=first)}
    return [
        {"figure": figure, "table": numbers[table], "basis": _basis(figure)}
        for table in TABLES
        if table in numbers and not table.folded and (table is not STAFF or told.assistant is None)
        for figure in table.figures
        if figure in shown or (figure in MOVES and told.assistant is None)
    ]


def _basis(figure: AnyFigure) -> str:
    """The provision; the act itself stands once, at the head of the document."""
    return "" if figure.basis == LOCAL else figure.basis.replace(SUPPORT.genitive, "ustawy")
