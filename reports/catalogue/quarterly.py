"""The quarterly report: its tables in order, and every figure by its key."""

from reports.catalogue.movement import MOVEMENT, SUPPORTED
from reports.catalogue.plans_and_assessments import PAPERS
from reports.catalogue.staff import STAFF
from reports.catalogue.visits import ACTIVITIES, INSTITUTIONS, LATE, WITHOUT_AREA, WORK
from reports.figure import AnyFigure, Table

TABLES: tuple[Table, ...] = (STAFF, MOVEMENT, WORK, ACTIVITIES, INSTITUTIONS, PAPERS)
BESIDE: tuple[AnyFigure, ...] = (LATE, WITHOUT_AREA)  # counted only for the checks of the quarter
FIGURES: dict[str, AnyFigure] = {
    figure.key: figure for figure in (*(figure for table in TABLES for figure in table.figures), *BESIDE)
}
__all__ = ["BESIDE", "FIGURES", "SUPPORTED", "TABLES"]
