"""Znak sprawy of a work period: from a counter when work begins, typed where the centre numbers its cases elsewhere.

The case number ("2024/041") is the file's own and no substitute.
"""

from datetime import date

from django.core.exceptions import ValidationError

from families.caseload.models import WorkPeriod
from lubsko_ops.accounts.models import User
from lubsko_ops.audit.history import lock_row, save_with_history
from lubsko_ops.centre.dictionaries.filing import family_work_symbol, take_number
from lubsko_ops.centre.models import FilingSymbol
from lubsko_ops.core.actions import action
from lubsko_ops.core.locks import lock

MISSING_REASON = "Podaj powód. Zostaje w historii teczki."
ALREADY_NUMBERED = "Ta sprawa ma już znak. Jeśli jest zły, wybierz „Popraw znak sprawy”."


def reference_on_begin(year: int, *, by: User) -> str:
    """The reference of a case opened in the year; empty without a symbol, or where numbers are given elsewhere."""
    symbol = family_work_symbol(year)
    return "" if symbol is None or symbol.numbered_elsewhere else _next_reference(symbol, year, by=by)


def _next_reference(symbol: FilingSymbol, year: int, *, by: User) -> str:
    """The next reference of the symbol; numbers that were typed for other cases before are passed over."""
    while True:
        reference = symbol.reference(take_number(symbol, year=year, by=by), year)
        same = WorkPeriod.objects.filter(case_reference__gt="", case_reference__iexact=reference)
        if not same.exists():
            return reference


def counting_symbols(period: WorkPeriod, *, today: date) -> dict[int, FilingSymbol]:
    """Symbols that give a number to a case without a reference, by year: that in which it was opened, and this one."""
    symbols = {year: family_work_symbol(year) for year in sorted({period.starts_on.year, today.year})}
    return {year: symbol for year, symbol in symbols.items() if symbol and not symbol.numbered_elsewhere}


@action
def number_case(*, period: WorkPeriod, year: int, version: int | None, by: User) -> WorkPeriod:
    """Give a work period without a reference the next one of the year. Raises ValidationError when it has one."""
    lock(families=[period.family_id])
    row = lock_row(WorkPeriod.objects, pk=period.pk, version=version)
    if row.case_reference:
        raise ValidationError(ALREADY_NUMBERED)
    reference = reference_on_begin(year, by=by)
    if not reference:
        raise ValidationError(
            f"W {year} roku aplikacja nie nadaje numerów sprawom rodzin. Wpisz znak sprawy."
        )
    row.case_reference = reference
    return save_with_history(row, by=by, why="Znak sprawy z licznika")


@action
def record_reference(
    *, period: WorkPeriod, case_reference: str, why: str = "", version: int | None, by: User
) -> WorkPeriod:
    """Store a reference typed from the list of cases; with a reason when it replaces one, perhaps by none."""
    lock(families=[period.family_id])
    row = lock_row(WorkPeriod.objects, pk=period.pk, version=version)
    if row.case_reference and not why:
        raise ValidationError({"why": MISSING_REASON})
    if row.case_reference == case_reference:
        raise ValidationError({"case_reference": "To jest znak, który już stoi przy tej sprawie."})
    row.case_reference = case_reference
    return save_with_history(row, by=by, why=f"Znak sprawy: {why}" if why else "Znak sprawy ze spisu spraw")
