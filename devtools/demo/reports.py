"""Texts of the manager and an assistant in the report of the previous quarter, from ``centre.toml``."""

from datetime import date, timedelta

from devtools.demo.dataset import read
from lubsko_ops.accounts.models import User
from lubsko_ops.core import clock
from lubsko_ops.core.dates import Quarter
from lubsko_ops.core.polish import count_of
from reports.actions import write_quarter_text

PROGRESS_MESSAGE = "Piszę wnioski do sprawozdań"
WRITTEN_AFTER = timedelta(days=6)  # days of the quarter that follows


def load(day: date) -> str:
    """Write the texts some days after the end of the previous quarter; returns a summary for the terminal."""
    quarter, texts = Quarter.of(day).previous, read("centre")["report_texts"]
    with clock.freeze_time(min(quarter.end + WRITTEN_AFTER, day)):
        for row in texts:
            author = User.objects.get(username=row["by"])
            assistant = author if row.get("own") else None
            write_quarter_text(quarter=quarter, assistant=assistant, text=row["text"], version=0, by=author)
    return count_of(len(texts), "tekst,teksty,tekstów")
