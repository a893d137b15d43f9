"""The charts of a statement."""

from django.utils.safestring import SafeString

from lubsko_ops.output import chart
from reports.catalogue import movement
from reports.statement import Statement

MAX_CHART_ROWS = 30  # more assistants do not fit on a page
MONTHS = ("sty", "lut", "mar", "kwi", "maj", "cze", "lip", "sie", "wrz", "paź", "lis", "gru")


def visits_chart(statement: Statement, *, for_print: bool = False) -> SafeString:
    """Visits held in the months of the year and of the year before; the months of the quarter are highlighted."""
    months = statement.visits_by_month
    return chart.bars(
        f"Wizyty odbyte w miesiącach {statement.quarter.quarter.year}",
        [MONTHS[month.number - 1] for month, _, _ in months],
        [held for _, held, _ in months],
        [held_year_earlier for _, _, held_year_earlier in months],
        unit="liczba wizyt",
        highlighted=sum(month.start >= statement.quarter.quarter.start for month, _, _ in months),
        for_print=for_print,
    )


def families_chart(statement: Statement) -> SafeString | str:
    """Families of each assistant that the limit counts, for print; "" with no assistants or too many for a page."""
    if statement.assistant or not 0 < len(statement.assistants) <= MAX_CHART_ROWS:
        return ""
    assistants = sorted(statement.assistants, key=lambda each: -each.value(movement.COUNTED))
    return chart.horizontal_bars(
        f"Rodziny liczone do limitu w ostatnim dniu okresu, {statement.quarter.name}",
        [str(each.user) for each in assistants],
        [each.value(movement.COUNTED) for each in assistants],
        limit=chart.ChartLimit(statement.limit, f"limit {statement.limit}"),
    )
