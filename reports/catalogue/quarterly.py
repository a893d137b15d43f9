"""The quarterly report: its tables in order, and every figure by its key."""

from reports.catalogue.movement import MOVEMENT, SUPPORTED
from reports.catalogue.plans_and_assessments import PLANS_AND_ASSESSMENTS
from reports.catalogue.staff import STAFF
from reports.catalogue.visits import ACTIVITIES, CONTACTS_TABLE, LATE, WITHOUT_AREA, VISITS_TABLE
from reports.figure import AnyFigure, FigureTable

TABLES: tuple[FigureTable, ...] = (STAFF, MOVEMENT, VISITS_TABLE, ACTIVITIES, CONTACTS_TABLE, PLANS_AND_ASSESSMENTS)
CHECK_FIGURES: tuple[AnyFigure, ...] = (LATE, WITHOUT_AREA)  # counted only for the checks of the quarter
FIGURES: dict[str, AnyFigure] = {
    figure.key: figure for figure in (*(figure for table in TABLES for figure in table.figures), *CHECK_FIGURES)
}
__all__ = ["CHECK_FIGURES", "FIGURES", "SUPPORTED", "TABLES"]
