"""Symbols of the filing plan (JRWA) and their counters."""

from contextlib import suppress

from django.core.exceptions import ValidationError
from django.db import transaction

from lubsko_ops.accounts.models import User
from lubsko_ops.audit.history import lock_row, save_with_history
from lubsko_ops.centre.dictionaries.choices import CounterKind, FilingPurpose
from lubsko_ops.centre.dictionaries.models import FilingSymbol, SymbolCounter
from lubsko_ops.core.actions import action


def symbol_for(purpose: FilingPurpose, year: int) -> FilingSymbol | None:
    """The symbol under which cases of this purpose are filed in the year; a constraint allows one."""
    return FilingSymbol.objects.valid_in(year).filter(purpose=purpose).first()


def family_work_symbol(year: int) -> FilingSymbol | None:
    """The symbol under which cases of families are filed in the year."""
    return symbol_for(FilingPurpose.FAMILY_WORK, year)


@action
def change_symbol(*, symbol: FilingSymbol, data: FilingSymbol, version: int | None, by: User) -> FilingSymbol:
    """Change what was entered. References given before stay as they are.

    Raises ValidationError when a year in which numbers were given would fall out.
    """
    row = lock_row(FilingSymbol.objects, pk=symbol.pk, version=version)
    row.copy_entered(data)
    for year in row.counters.filter(given__gt=0).order_by("year").values_list("year", flat=True):
        if not row.is_valid_in(year):
            name = "year_from" if year < row.year_from else "year_to"
            raise ValidationError({name: f"W roku {year} nadano już numery z tego symbolu."})
    return save_with_history(row, by=by, why="Zmiana symbolu JRWA")


@action
def set_counter(
    *,
    symbol: FilingSymbol,
    year: int,
    last: int,
    version: int | None,
    by: User,
    kind: str = CounterKind.CASES,
) -> SymbolCounter:
    """Set the last number used in the year, which the centre began on paper; the next one given follows it.

    Raises ValidationError for a number below one given already, or a year in which the symbol is not in use.
    """
    if not symbol.is_valid_in(year):
        raise ValidationError(f"Symbol {symbol} nie jest używany w roku {year}.")
    if symbol.numbered_elsewhere:
        raise ValidationError("Numery tego symbolu nadajecie poza aplikacją, więc nie ma on licznika.")
    counter = SymbolCounter.objects.filter(symbol=symbol, year=year, kind=kind).first()
    if counter:
        counter = lock_row(SymbolCounter.objects, pk=counter.pk, version=version)
    else:
        counter = SymbolCounter(symbol=symbol, year=year, kind=kind)
    if last < counter.given:
        raise ValidationError(
            {"last": f"W aplikacji nadano już numer {counter.given}. Wpisz ten numer albo wyższy."}
        )
    counter.last = last
    return save_with_history(counter, by=by, why=f"Ostatni numer w spisie: {last}")


def take_number(symbol: FilingSymbol, *, year: int, by: User, kind: str = CounterKind.CASES) -> int:
    """The next number of the symbol in the year, inside an action.

    The counter stays locked until commit: a number of an action that is rolled back is given again, so there are no
    gaps and no duplicates. Counters are locked after the rows of a family (lubsko_ops/core/locks.py).
    """
    rows = SymbolCounter.objects.filter(symbol=symbol, year=year, kind=kind).select_for_update(no_key=True)
    if (counter := rows.first()) is None:
        # Somebody else may be making it: then this waits for them, and theirs is used.
        with suppress(ValidationError), transaction.atomic():
            save_with_history(
                SymbolCounter(symbol=symbol, year=year, kind=kind), by=by, why="Pierwszy numer w roku"
            )
        counter = rows.get()
    counter.last += 1
    counter.given = counter.last
    save_with_history(counter, by=by, why=f"Nadano numer {counter.last}")
    return counter.last
