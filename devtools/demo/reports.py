"""The invented centre, reports: what the manager and an assistant wrote in the report of the quarter before."""

from datetime import date, timedelta

from lubsko_ops.accounts.models import User
from lubsko_ops.core import clock
from lubsko_ops.core.dates import Quarter
from lubsko_ops.core.polish import count_of
from reports.actions import write_quarter_text

DOES = "Piszę wnioski do sprawozdań"
WRITTEN_AFTER = timedelta(days=6)  # days of the quarter that follows
OF_THE_CENTRE = """\
Praca z rodzinami szła zgodnie z planem. Najczęściej zajmowaliśmy się nauką dzieci, budżetem domowym i zdrowiem.

Jedna asystentka pracuje na pół etatu na umowie o świadczenie usług. Tę umowę trzeba przedłużyć.

Superwizja zespołu odbyła się dwa razy. Wnioskuję o stałe terminy, raz w miesiącu."""
OF_ANNA = """\
Trudność: dojazdy do rodzin w dwóch miejscowościach, do których nie ma autobusu po południu.

Potrzebuję szkolenia o pracy z rodzicami nastolatków."""


def load(day: date) -> str:
    """Write the texts some days after the quarter before the day; returns what was made, in words."""
    quarter = Quarter.of(day).previous
    staff = {user.username: user for user in User.objects.filter(username__in=("maria", "anna"))}
    written = min(quarter.end + WRITTEN_AFTER, day)
    with clock.freeze_time(written):
        for name, assistant, text in (("maria", None, OF_THE_CENTRE), ("anna", staff["anna"], OF_ANNA)):
            write_quarter_text(quarter=quarter, assistant=assistant, text=text, version=0, by=staff[name])
    return count_of(2, "tekst,teksty,tekstów")
