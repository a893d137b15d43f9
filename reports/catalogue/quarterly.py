"""The quarterly report: its tables in order, and every figure by its key."""

from reports.catalogue.movement import MOVEMENT
from reports.catalogue.plans_and_assessments import PLANS_AND_ASSESSMENTS
from reports.catalogue.staff import STAFF
from reports.catalogue.visits import ACTIVITIES, CONTACTS_TABLE, LATE, VISITS_TABLE, WITHOUT_AREA
from reports.figure import AnyFigure, Figure, FigureTable

TABLES: tuple[FigureTable, ...] = (
    STAFF,
    MOVEMENT,
    VISITS_TABLE,
    PLANS_AND_ASSESSMENTS,
    ACTIVITIES,
    CONTACTS_TABLE,
)
CHECK_FIGURES: tuple[Figure, ...] = (LATE, WITHOUT_AREA)  # computed only for reports/checks.py
FIGURES: dict[str, AnyFigure] = {
    figure.key: figure
    for figure in (*(figure for table in TABLES for figure in table.figures), *CHECK_FIGURES)
}
TABLE_OF: dict[str, FigureTable] = {figure.key: table for table in TABLES for figure in table.figures}
