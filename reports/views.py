"""Sprawozdania: the list of quarters, and the report of one quarter with its text written in place."""

from functools import cached_property
from itertools import groupby

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse

from lubsko_ops.accounts.models import User
from lubsko_ops.audit.base_views import PageView, PermissionRequiredView
from lubsko_ops.core.permissions import Permission, has_permission
from lubsko_ops.core.polish import plural_form
from lubsko_ops.output import chart
from lubsko_ops.submissions.base_views import ActionFormView
from reports.actions import may_write, write_quarter_text
from reports.catalogue import movement, visits
from reports.checks import agreeing, checks_of
from reports.figure import AnyFigure, Ratio
from reports.forms import TextForm
from reports.models import QuarterText
from reports.quarter import ReportQuarter
from reports.queries import quarter_or_404, quarters_until, text_of, whose
from reports.statement import ASSISTANT_FIGURES, Statement, build_statement

SHORT_MONTHS = ("sty", "lut", "mar", "kwi", "maj", "cze", "lip", "sie", "wrz", "paź", "lis", "gru")


class Reports(PageView):
    """Every quarter since the work began, newest first."""

    permission = Permission.REPORT_VIEW
    access_area = None  # no family's data
    template_name = "reports/list.html"

    def get_context_data(self, **kwargs):
        quarters = quarters_until(self.request.today)
        years = [(year, list(some)) for year, some in groupby(quarters, lambda each: each.quarter.year)]
        return super().get_context_data(
            years=years, own=not has_permission(self.request.user, Permission.REPORT_CENTRE), **kwargs
        )


class OfQuarter(PermissionRequiredView):
    """A view of one quarter, of the centre or (``?asystent=``) of one assistant. Numbers tell of no family."""

    permission = Permission.REPORT_VIEW
    access_area = None
    quarter: ReportQuarter

    def setup_object(self, year, quarter, **kwargs) -> None:
        self.quarter = quarter_or_404(year, quarter, on=self.request.today)

    @cached_property
    def assistant(self) -> User | None:
        return whose(self.request.user, self.request.GET.get("asystent"))

    @cached_property
    def statement(self) -> Statement:
        return statement(self.quarter, assistant=self.assistant)

    @property
    def numbers(self) -> list[int]:
        """The quarter as an address names it."""
        return [self.quarter.quarter.year, self.quarter.quarter.number]

    def link(self, name: str = "quarterly", *more: str, **query) -> str:
        """An address of this quarter, of the same person's report."""
        if self.assistant and has_permission(self.request.user, Permission.REPORT_CENTRE):
            query["asystent"] = self.assistant.pk
        if name == "quarterly" and query.get("asystent") == self.request.user.pk:
            del query["asystent"]
            name = "quarterly-own"
        path = reverse(f"reports:{name}", args=[*self.numbers, *more])
        asked = "&".join(f"{key}={value}" for key, value in query.items() if value)
        return f"{path}?{asked}" if asked else path


class Quarterly(OfQuarter, ActionFormView):
    """The report, with the conclusions as a form in its place."""

    form_class = TextForm
    template_name = "reports/quarterly.html"

    @property
    def title(self) -> str:
        of = f" – {self.assistant}" if self.assistant else ""
        return f"Sprawozdanie, {self.quarter.name}{of}"

    @cached_property
    def text(self) -> QuarterText:
        return text_of(self.quarter, self.assistant)

    @property
    def writes(self) -> bool:
        return may_write(self.request.user, assistant=self.assistant)

    def get(self, request, *args, **kwargs):
        if request.GET.get("asystent") and self.writes and self.link() != request.path:
            return redirect(self.link(definicja=request.GET.get("definicja", "")))
        return super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        if not self.writes:
            raise PermissionDenied("Wnioski do sprawozdania ośrodka pisze kierownik, a asystent do swojego.")
        return super().post(request, *args, **kwargs)

    def row(self):
        return self.text

    def initial(self):
        return {"text": self.text.text}

    def act(self, form):
        return write_quarter_text(
            quarter=self.quarter.quarter,
            assistant=self.assistant,
            text=form.cleaned_data["text"],
            version=self.version_started_from(),
            by=self.request.user,
        )

    def done(self, text):
        return self.link(), "Zapisano wnioski do sprawozdania."

    def back(self):
        return reverse("reports:list")

    def other_drafts(self):
        return super().other_drafts() if self.writes else []

    def get_context_data(self, **kwargs):
        told = self.statement
        checks = checks_of(told)
        tables = [self.table(filled) for filled in told.tables]
        return super().get_context_data(
            told=told,
            quarter=self.quarter,
            assistant=self.assistant,
            main=[table for table in tables if not table["table"].folded],
            folded=[table | {"alone": [table]} for table in tables if table["table"].folded],
            people=self.people(told),
            bars=_bars(told),
            checks=[(check, self.behind(check.figure) if check.figure else "") for check in checks],
            agreeing=agreeing(checks),
            agreeing_words=plural_form(agreeing(checks), "się zgadza,się zgadzają,się zgadza"),
            visits_now=told.words(visits.HELD),
            text=self.text,
            history=self.text.history.select_related("history_user")[1:] if self.text.version > 1 else [],
            writes=self.writes,
            pdf=self.link("quarterly-pdf"),
            xlsx=self.link("quarterly-xlsx"),
            whole_centre=self.address_of_centre(),
            **kwargs,
        )

    def address_of_centre(self) -> str:
        """From one assistant's report to the centre's, for whom that is open."""
        if not (self.assistant and has_permission(self.request.user, Permission.REPORT_CENTRE)):
            return ""
        return reverse("reports:quarterly", args=self.numbers)

    def table(self, filled) -> dict:
        """A table as the template shows it: lines with links behind each number and to the definition."""
        groups = [
            {"title": group.title, "lines": [self.line(line) for line in group.lines]}
            for group in filled.groups
        ]
        opened = any(line["open"] for group in groups for line in group["lines"])
        return {"table": filled.table, "groups": groups, "open": opened}

    def line(self, line) -> dict:
        figure = line.figure
        cells = [
            {"words": words, "url": self.behind(figure, kolumna=column.code)}
            for words, column in zip(line.words, self.quarter.columns, strict=True)
        ]
        return {
            "figure": figure,
            "cells": cells,
            "open": self.request.GET.get("definicja") == figure.key,
            "definition_url": self.link(definicja=figure.key),
            "parts": [figure.numerator, figure.denominator] if isinstance(figure, Ratio) else [],
        }

    def behind(self, figure: AnyFigure, **query) -> str:
        return self.link("figure", figure.key, **query)

    def people(self, told: Statement) -> list[dict]:
        """Assistants with links: the name to her report, a number to its list."""
        if told.assistant:
            return []
        path = reverse("reports:quarterly", args=self.numbers)
        return [
            {
                "of": each,
                "url": f"{path}?asystent={each.user.pk}",
                "full": each.value(movement.CLOSING) >= told.limit,
                "cells": [
                    {
                        "words": words,
                        "url": reverse("reports:figure", args=[*self.numbers, figure.key])
                        + f"?asystent={each.user.pk}",
                    }
                    for figure, words in zip(ASSISTANT_FIGURES, each.words, strict=True)
                ],
            }
            for each in told.people
        ]


class Own(Quarterly):
    """One's own report at an address of its own, for a manager who is an assistant as well: a form and its drafts
    know their place by the path alone, and at the other one the centre's text is written."""

    @cached_property
    def assistant(self) -> User:
        return whose(self.request.user, str(self.request.user.pk))


def _bars(told: Statement):
    """Visits held in the months of the year, measured against the year before; those of the quarter marked."""
    months = told.visits_by_month
    return chart.bars(
        f"Wizyty odbyte w miesiącach {told.quarter.quarter.year}",
        [SHORT_MONTHS[month.number - 1] for month, _, _ in months],
        [now for _, now, _ in months],
        [before for _, _, before in months],
        unit="liczba wizyt",
        marked=sum(month.start >= told.quarter.quarter.start for month, _, _ in months),
    )
