"""The text of a report, and reports as issued. Other numbers are not stored: they are computed from the case files."""

import re
from datetime import date

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from lubsko_ops.audit.models import AuditedModel
from lubsko_ops.core import clock
from lubsko_ops.core.dates import Period
from projects.models import Edition

QUARTERLY = "quarterly"  # code of the kind whose author issues it without an approval by somebody else
VALUE_PLACES = 4  # decimal places of stored values; only ratios need as many


class QuarterText(AuditedModel):
    """Wnioski i potrzeby: the text of a quarterly report; ``assistant`` is None for the report of the centre."""

    year = models.PositiveSmallIntegerField("rok")
    quarter = models.PositiveSmallIntegerField(
        "kwartał", validators=[MinValueValidator(1), MaxValueValidator(4)]
    )
    assistant = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="asystent rodziny",
        related_name="+",
        null=True,
        blank=True,
    )
    text = models.TextField("wnioski i potrzeby", blank=True)

    class Meta:
        verbose_name = "wnioski do sprawozdania"
        verbose_name_plural = "wnioski do sprawozdań"
        constraints = [
            models.UniqueConstraint(
                fields=["year", "quarter", "assistant"],
                name="quarter_text_once",
                nulls_distinct=False,
                violation_error_message="Ktoś właśnie zapisał wnioski do tego sprawozdania. Otwórz je jeszcze raz.",
            ),
            models.CheckConstraint(
                name="quarter_text_of_a_quarter",
                condition=models.Q(quarter__range=(1, 4)),
                violation_error_message="Kwartał to liczba od 1 do 4.",
            ),
        ]

    def __str__(self):
        return f"wnioski, {self.quarter}. kwartał {self.year}"


class ProjectReportText(AuditedModel):
    """The own texts of the report of a project for a period, and how far it is.

    ``writers``: ids of all who saved them. ``presented_by`` laid it before the manager at ``presented_at``, both empty
    while it is written; ``remarks``: why it was returned.
    """

    set_by_actions = (
        *("edition", "starts_on", "ends_on", "writers", "presented_at", "presented_by"),
        "remarks",
    )

    edition = models.ForeignKey(Edition, models.PROTECT, verbose_name="projekt", related_name="report_texts")
    starts_on = models.DateField("od dnia")
    ends_on = models.DateField("do dnia")
    course = models.TextField("przebieg", blank=True, max_length=6000)
    undone = models.TextField("czego nie zrobiono i dlaczego", blank=True, max_length=6000)
    conclusions = models.TextField("wnioski i rekomendacje", blank=True, max_length=6000)
    writers = ArrayField(models.BigIntegerField(), verbose_name="kto pisał", default=list, editable=False)
    presented_at = models.DateTimeField("przedstawiono do zatwierdzenia", null=True, blank=True)
    presented_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="przedstawił(a)",
        related_name="+",
        null=True,
        blank=True,
    )
    remarks = models.TextField("uwagi do poprawy", blank=True, max_length=2000)

    class Meta:
        verbose_name = "teksty sprawozdania z projektu"
        verbose_name_plural = "teksty sprawozdań z projektów"
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "starts_on", "ends_on"],
                name="project_report_text_once",
                violation_error_message="Ktoś właśnie zapisał teksty tego sprawozdania. Otwórz je jeszcze raz.",
            ),
            models.CheckConstraint(
                name="project_report_text_days",
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                violation_error_message="Koniec okresu sprawozdania nie może poprzedzać początku.",
            ),
            models.CheckConstraint(
                name="project_report_presented_by",
                condition=models.Q(presented_at=None, presented_by=None)
                | models.Q(presented_at__isnull=False, presented_by__isnull=False),
                violation_error_message="Przedstawione sprawozdanie ma osobę i chwilę.",
            ),
        ]

    def __str__(self):
        return f"teksty sprawozdania, {self.starts_on}–{self.ends_on}"

    @property
    def full_text(self) -> str:
        """All its texts, each under a line with its heading, as an issued report keeps them."""
        return join_texts(self.texts)

    @property
    def texts(self) -> list[tuple[str, str]]:
        """Headings and texts in the order of the report, without the empty ones."""
        parts = [(PROJECT_HEADINGS[name], getattr(self, name).strip()) for name in PROJECT_HEADINGS]
        return [(heading, text) for heading, text in parts if text]


PROJECT_HEADINGS = {
    "course": "Przebieg",
    "undone": "Czego nie zrobiono i dlaczego",
    "conclusions": "Wnioski i rekomendacje",
}


def join_texts(texts: list[tuple[str, str]]) -> str:
    """Texts under their headings as one text: the form in which ``IssuedReport.text`` keeps several.

    A line of a text that reads like a heading gets one space before it, and ``split_texts`` takes it away again.
    """
    marked = [(heading, HEADING_IN_TEXT.sub(r" \g<0>", text)) for heading, text in texts]
    return "\n\n".join(f"{heading}\n{text}" for heading, text in marked)


def split_texts(text: str) -> list[tuple[str, str]]:
    """The texts under their headings, as given to ``join_texts``; text before the first heading has an empty one."""
    parts: list[tuple[str, list[str]]] = [("", [])]
    for line in text.split("\n"):
        if line in PROJECT_HEADINGS.values():
            parts.append((line, []))
        else:
            parts[-1][1].append(line[1:] if HEADING_IN_TEXT.fullmatch(line) else line)
    joined = [(heading, "\n".join(lines).strip("\n")) for heading, lines in parts]
    return [(heading, text) for heading, text in joined if text]


HEADING_IN_TEXT = re.compile(rf"^ *(?:{'|'.join(PROJECT_HEADINGS.values())})$", re.MULTILINE)


class IssuedReport(models.Model):
    """A frozen report (sprawozdanie wydane): its numbers with their definitions and rows as they were at that moment.

    ``kind``: code of a ``ReportKind`` (reports/kinds.py). What it is about: ``assistant`` of the report of one
    assistant, ``edition`` of the report of a project; both None for the report of the centre. ``number``: 1 for the
    first issue, each correction (korekta) is the next one and says why in ``reason``. ``text``: what its authors wrote;
    a report with several texts keeps each under a line with its heading. ``issued_by`` froze it and thereby approved
    it, ``prepared_by`` wrote it; of a quarter they are the same, ``small_staff`` records an approval by somebody who
    wrote in it. Its paper is an ``IssuedPaper`` about ``("report", id)``. Triggers refuse every change and deletion.
    """

    kind = models.CharField("rodzaj", max_length=20)
    starts_on = models.DateField("od dnia")
    ends_on = models.DateField("do dnia")
    assistant = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="asystent rodziny",
        related_name="+",
        null=True,
        blank=True,
    )
    edition = models.ForeignKey(
        Edition, models.PROTECT, verbose_name="projekt", related_name="+", null=True, blank=True
    )
    number = models.PositiveSmallIntegerField("numer wydania", default=1)
    reason = models.CharField("powód korekty", max_length=1000, blank=True, default="", db_default="")
    text = models.TextField("wnioski i potrzeby", blank=True)
    prepared_at = models.DateTimeField("przygotowano")
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="przygotował(a)", related_name="+"
    )
    issued_at = models.DateTimeField("wydano")
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="wydał(a)", related_name="+"
    )
    small_staff = models.BooleanField(
        "zatwierdził piszący przy małej obsadzie", default=False, db_default=False
    )

    class Meta:
        verbose_name = "wydane sprawozdanie"
        verbose_name_plural = "wydane sprawozdania"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "starts_on", "ends_on", "assistant", "edition", "number"],
                name="report_issued_once",
                nulls_distinct=False,
                violation_error_message="To sprawozdanie już wydano.",
            ),
            models.CheckConstraint(
                name="report_of_days_in_order", condition=models.Q(ends_on__gte=models.F("starts_on"))
            ),
            models.CheckConstraint(
                name="report_correction_says_why",
                condition=models.Q(number=1, reason="") | models.Q(number__gt=1, reason__gt=""),
                violation_error_message="Korekta ma powód, pierwsze wydanie go nie ma.",
            ),
            models.CheckConstraint(
                name="report_prepared_before",
                condition=models.Q(prepared_at__lte=models.F("issued_at")),
                violation_error_message="Sprawozdanie najpierw się przygotowuje, potem wydaje.",
            ),
            models.CheckConstraint(
                name="report_four_eyes",
                condition=models.Q(kind=QUARTERLY) | ~models.Q(prepared_by=models.F("issued_by")),
                violation_error_message="Kto przygotował sprawozdanie, nie zatwierdza go.",
            ),
        ]

    def __str__(self):
        return f"{self.starts_on}–{self.ends_on}, {self.issue_name}"

    @property
    def issued_on(self) -> date:
        return clock.local_date(self.issued_at)

    @property
    def prepared_on(self) -> date:
        return clock.local_date(self.prepared_at)

    @property
    def period(self) -> Period:
        return Period(self.starts_on, self.ends_on)

    @property
    def correction(self) -> int:
        """The number of the correction; 0 for the first issue."""
        return self.number - 1

    @property
    def issue_name(self) -> str:
        """ "wydanie pierwsze", "korekta nr 1"."""
        return f"korekta nr {self.correction}" if self.correction else "wydanie pierwsze"

    @property
    def label(self) -> str:
        """Head of its column: "Wydano", "Korekta nr 1"."""
        return f"Korekta nr {self.correction}" if self.correction else "Wydano"


class IssuedFigure(models.Model):
    """A figure of an issued report: what it meant then. ``position``: its place in the report, from 1."""

    report = models.ForeignKey(IssuedReport, models.CASCADE, related_name="figures")
    position = models.PositiveSmallIntegerField("miejsce")
    key = models.CharField("klucz", max_length=60)
    name = models.CharField("nazwa", max_length=200)
    kind = models.CharField("co liczy", max_length=60)
    definition = models.TextField("definicja")
    basis = models.CharField("podstawa", max_length=300)
    unit = models.CharField("jednostka", max_length=20, blank=True)

    class Meta:
        verbose_name = "liczba wydanego sprawozdania"
        verbose_name_plural = "liczby wydanych sprawozdań"
        constraints = [models.UniqueConstraint(fields=["report", "key"], name="figure_issued_once")]

    def __str__(self):
        return self.name


class IssuedNumber(models.Model):
    """One value of an issued figure.

    ``column``: code of the column of the report, "" for its own period. ``assistant``: of the number of one assistant
    in the report of the centre. ``value`` is None where the report had none. ``row_ids``: ids of what was counted, of
    numbers of the own period of the whole report: rows, or for a figure that counts each family once the families;
    ``amounts`` are what each of them adds, in the same order; None where each adds one.
    """

    figure = models.ForeignKey(IssuedFigure, models.CASCADE, related_name="numbers")
    column = models.CharField("kolumna", max_length=20, blank=True)
    assistant = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="asystent rodziny", related_name="+", null=True
    )
    value = models.DecimalField("wartość", max_digits=16, decimal_places=VALUE_PLACES, null=True)
    row_ids = ArrayField(models.BigIntegerField(), verbose_name="policzone wpisy", null=True)
    amounts = ArrayField(
        models.DecimalField(max_digits=16, decimal_places=VALUE_PLACES),
        verbose_name="ile dodaje wpis",
        null=True,
    )

    class Meta:
        verbose_name = "wartość wydanego sprawozdania"
        verbose_name_plural = "wartości wydanych sprawozdań"
        constraints = [
            models.UniqueConstraint(
                fields=["figure", "column", "assistant"], name="number_issued_once", nulls_distinct=False
            )
        ]

    def __str__(self):
        return f"{self.figure_id}: {self.value}"
