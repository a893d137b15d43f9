"""Numbers of a symbol taken at the same time: none twice, none left out."""

import pytest
from django.core.exceptions import ValidationError

from lubsko_ops.accounts.models import User
from lubsko_ops.centre.dictionaries.filing import take_number
from lubsko_ops.centre.models import SymbolCounter
from lubsko_ops.core.actions import action
from tests.concurrency import run_concurrently
from tests.lubsko_ops.centre.dictionaries.helpers import make_symbol

pytestmark = pytest.mark.django_db(transaction=True)


def test_eight_threads_take_forty_numbers_in_a_row():
    """The first of the year too, when nobody has made the counter yet; every fifth action is rolled back."""
    maria = User.objects.get(username="maria")
    symbol = make_symbol(by=maria)

    @action
    def take(*, fails: bool) -> int:
        number = take_number(symbol, year=2026, by=maria)
        if fails:
            raise ValidationError("Odmowa po nadaniu numeru.")
        return number

    def take_five(thread: int) -> list[int]:
        numbers = []
        for turn in range(6):
            try:
                numbers.append(take(fails=turn == thread % 6))
            except ValidationError:
                continue
        return numbers

    numbers = [number for each in run_concurrently(take_five, range(8)) for number in each]
    assert sorted(numbers) == list(range(1, 41))
    counter = SymbolCounter.objects.get(symbol=symbol)
    assert (counter.last, counter.given) == (40, 40)
