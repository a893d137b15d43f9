"""The money of a project as a workbook."""

from datetime import date

from lubsko_ops.core.polish import short_date
from lubsko_ops.output.xlsx import Sheet, SheetColumn
from projects.budget import budget_totals
from projects.models import Edition, Invoice
from projects.money.queries import Position

AMOUNTS = (
    SheetColumn("Plan, zł", "decimal"),
    SheetColumn("Wydano, zł", "decimal"),
    SheetColumn("Zostało, zł", "decimal"),
)


def build_sheets(
    edition: Edition, positions: list[Position], invoices: list[Invoice], *, today: date
) -> list[Sheet]:
    """Positions, sources with their total, invoices."""
    notes = [f"{edition}. Stan na {short_date(today)}."]
    return [
        Sheet(
            "Pozycje",
            [
                SheetColumn("Nr", "integer", 6),
                SheetColumn("Pozycja", width=40),
                SheetColumn("Źródło", width=22),
                *AMOUNTS,
                SheetColumn("Wydano, % planu", "number", 16),
                SheetColumn("Skąd kwota", width=16),
                SheetColumn("Wyjaśnienie różnicy", width=50),
            ],
            [_position_row(each) for each in positions],
            notes,
        ),
        Sheet("Źródła", [SheetColumn("Źródło", width=22), *AMOUNTS], _source_rows(positions), notes),
        Sheet(
            "Faktury",
            [
                SheetColumn("Z dnia", "date"),
                SheetColumn("Numer", width=22),
                SheetColumn("Pozycja", width=40),
                SheetColumn("Za co", width=40),
                SheetColumn("Wystawca", width=30),
                SheetColumn("Kwota, zł", "decimal"),
            ],
            [_invoice_row(each) for each in invoices],
            notes,
        ),
    ]


def _position_row(each: Position) -> list:
    origin = "wpisano" if each.is_typed else "faktury" if each.line.invoiced is not None else ""
    percent = None if each.percent is None else round(each.percent, 1)
    return [
        each.line.position,
        each.line.name,
        each.line.get_source_display(),
        each.planned,
        each.spent,
        each.left,
        percent,
        origin,
        each.line.difference,
    ]


def _invoice_row(each: Invoice) -> list:
    position = f"{each.line.position}. {each.line.name}"
    return [each.day, each.number, position, each.purpose, each.supplier, each.amount]


def _source_rows(positions: list[Position]) -> list[list]:
    totals = budget_totals([each.line for each in positions])
    rows = [*totals.sources, totals.total] if totals.sources else []
    return [[each.label, each.planned, each.spent, each.left] for each in rows]
