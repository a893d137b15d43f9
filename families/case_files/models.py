"""Summaries of case files: stored rows computed from facts, so that lists, search and dashboards read them plainly."""

from datetime import date

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from families.caseload.models import WorkPeriod
from families.choices import BasisKind, Category, DeadlineKind, WorkStatus
from families.people.models import POLISH_COLLATION, Address, Family, Phone
from families.permissions import filter_visible, workable_condition

NEVER = date.max  # stands for an empty date by which lists are sorted


class CaseSummaryQuerySet(models.QuerySet):
    """Summaries; the facts decide whose they are (the key of a summary is the id of its family)."""

    def visible_to(self, user, *, on: date):
        """Summaries of the families the user may open on the day."""
        return filter_visible(self, user, on=on)

    def due(self, on: date):
        """Summaries that may not show the day: time has changed them, or they were computed on a later day."""
        return self.filter(Q(valid_until__lte=on) | Q(computed_on__gt=on))

    def workable_by(self, user, *, on: date):
        """Summaries of the families the user may change on the day."""
        return self.filter(workable_condition(user, on=on))


def _shown(to, name: str, on_delete=models.PROTECT) -> models.ForeignKey:
    """A row shown with the summary; without an index of its own, which every action would have to update."""
    return models.ForeignKey(to, on_delete, verbose_name=name, related_name="+", null=True, db_index=False)


class CaseSummary(models.Model):
    """Stan teczki: what lists show of a family in progress today, of an ended one on the last day of its work.

    Never edited by hand: ``families.case_files.summaries`` computes it. Codes, ids and dates; what the user may see of
    them, and words, are decided when it is read.
    """

    family = models.OneToOneField(
        Family, models.CASCADE, verbose_name="rodzina", primary_key=True, related_name="summary"
    )
    computed_on = models.DateField("obliczono")
    # The first day on which time alone changes the row: a future hand-over, an end, an eighteenth birthday.
    valid_until = models.DateField("ważne do", null=True)

    # The last period that has begun; without one, the first to come.
    period = _shown(WorkPeriod, "okres pracy", models.SET_NULL)
    year = models.PositiveSmallIntegerField("rok", default=0)
    serial = models.PositiveIntegerField("numer w roku", default=0)
    status = models.CharField("stan pracy", max_length=10, choices=WorkStatus.choices)
    starts_on = models.DateField("praca od", default=NEVER)  # NEVER without a period
    ends_on = models.DateField("praca do", null=True)
    opened_on = models.DateField("teczka założona")

    # In progress: since when nobody leads or stands in. Before work: since the file was opened. Otherwise empty.
    waiting_since = models.DateField("czeka na asystenta od", null=True)
    leading_planned = models.BooleanField("asystent od późniejszego dnia", default=False)
    without_basis_since = models.DateField("bez podstawy od", null=True)

    sort_name = models.CharField("nazwa rodziny", max_length=160, db_collation=POLISH_COLLATION)
    leading = _shown(settings.AUTH_USER_MODEL, "asystent prowadzący")
    leading_sort_name = models.CharField(
        "nazwisko i imię asystenta", max_length=210, db_collation=POLISH_COLLATION, blank=True, default=""
    )
    # Everybody assigned on the day, oldest first: {"user": id, "kind": code, "ends_on": ISO date or null}.
    assistants = models.JSONField("asystenci", default=list)
    social_worker = _shown(settings.AUTH_USER_MODEL, "pracownik socjalny")
    address = _shown(Address, "adres", models.SET_NULL)
    region = _shown("accounts.Region", "rejon")
    phone = _shown(Phone, "telefon", models.SET_NULL)  # the one that is known longest
    basis_kinds = ArrayField(
        models.CharField(max_length=20, choices=BasisKind.choices), verbose_name="podstawy", default=list
    )
    # Those of the basis kinds, the oldest first: {"kind": code, "starts_on": ISO date}.
    bases = models.JSONField("podstawy z dniami", default=list, db_default=[])
    category = models.CharField("kategoria", max_length=30, choices=Category.choices, blank=True, default="")
    # Words of the family's name, a bar, words of its people and of all their addresses, current or former.
    search_key = models.TextField("klucz wyszukiwania", default="", db_default="")
    people = models.PositiveSmallIntegerField("osoby w domu", default=0)
    children = models.PositiveSmallIntegerField("dzieci w domu", default=0)
    child_ids = ArrayField(models.BigIntegerField(), verbose_name="które dzieci", default=list, db_default=[])

    # The nearest open deadline; NEVER without one.
    deadline_kind = models.CharField(
        "co", max_length=15, choices=DeadlineKind.choices, blank=True, default=""
    )
    deadline_subject = models.BigIntegerField("wpis", default=0)
    due_on = models.DateField("termin", default=NEVER)
    responsible = _shown(settings.AUTH_USER_MODEL, "kto")

    last_visit_on = models.DateField("ostatnia odbyta wizyta", null=True)  # of the period
    next_visit_on = models.DateField(
        "następna wizyta", null=True
    )  # as arranged at the last one, held or failed
    next_visit_at = models.TimeField("godzina następnej wizyty", null=True)
    open_concerns = models.PositiveSmallIntegerField("otwarte zagrożenia", default=0)
    # The newest first: {"concern": id, "visit": id, "day": ISO date, "acknowledged": who took note of it, the oldest
    # first: {"user": id, "roles": codes, "at": ISO time}}.
    concerns = models.JSONField("zagrożenia i kto je przyjął", default=list, db_default=[])

    objects = CaseSummaryQuerySet.as_manager()

    class Meta:
        verbose_name = "stan teczki"
        verbose_name_plural = "stany teczek"
        indexes = [
            models.Index(fields=["valid_until"], name="summary_by_valid_until"),
            models.Index(fields=["computed_on"], name="summary_by_computed_on"),
            models.Index(  # the counts of the tabs, and of their families with a common basis or category
                fields=["status"],
                include=[
                    "waiting_since",
                    "leading_planned",
                    "without_basis_since",
                    "due_on",
                    "category",
                    "basis_kinds",
                ],
                name="summary_counted_by_status",
            ),
            models.Index(fields=["status", "sort_name", "family"], name="summary_by_name"),
            models.Index(fields=["status", "year", "serial", "family"], name="summary_by_number"),
            models.Index(fields=["status", "starts_on", "family"], name="summary_by_start"),
            models.Index(
                fields=["status", "leading_sort_name", "sort_name", "family"], name="summary_by_assistant"
            ),
            models.Index(
                fields=["status", "due_on", "sort_name", "family"],
                name="summary_by_deadline",
                condition=~Q(status=WorkStatus.ENDED),
            ),
            models.Index(
                fields=["waiting_since", "family"],
                name="summary_waiting",
                condition=Q(waiting_since__isnull=False),
            ),
            models.Index(
                fields=["without_basis_since", "family"],
                name="summary_without_basis",
                condition=Q(without_basis_since__isnull=False),
            ),
            models.Index(
                fields=["open_concerns", "family"],
                name="summary_with_concerns",
                condition=Q(open_concerns__gt=0),
            ),
            models.Index(fields=["region", "status"], name="summary_by_region"),
            GinIndex(fields=["search_key"], name="summary_search", opclasses=["gin_trgm_ops"]),
            GinIndex(fields=["assistants"], name="summary_by_assistants", opclasses=["jsonb_path_ops"]),
        ]

    def __str__(self):
        return self.number or self.get_status_display()

    def is_due(self, on: date) -> bool:
        """Whether the row may not show the day (see ``CaseSummaryQuerySet.due``)."""
        return self.computed_on > on or (self.valid_until is not None and self.valid_until <= on)

    @property
    def number(self) -> str:
        """Case number, e.g. "2024/041"; empty without a period."""
        return f"{self.year}/{self.serial:03d}" if self.year else ""

    @property
    def ended(self) -> bool:
        return self.status == WorkStatus.ENDED

    @property
    def running(self) -> bool:
        return self.status == WorkStatus.RUNNING
