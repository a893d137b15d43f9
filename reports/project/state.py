"""How far the reports of a project are: their texts, the last issue of each, and whether its numbers still hold."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, Model, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat, JSONObject

from lubsko_ops.accounts.models import User
from lubsko_ops.core.dates import Period
from projects.models import Edition
from reports.issuing import NumberDifference
from reports.kinds import ReportStatement
from reports.models import IssuedNumber, IssuedReport, ProjectReportText
from reports.project.kind import PROJECT
from reports.tables import format_in_unit

ModelT = TypeVar("ModelT", bound=Model)
TEXT_PEOPLE, ISSUE_PEOPLE = ("presented_by",), ("prepared_by", "issued_by")


class Stage(StrEnum):
    """How far a report is."""

    WRITING = "w przygotowaniu"
    PRESENTED = "do zatwierdzenia"
    APPROVED = "zatwierdzone"
    CORRECTING = "korekta w przygotowaniu"


@dataclass(frozen=True)
class ReportState:
    """A report of a project. ``text``: unsaved while nothing is written; ``issue``: the last one.

    ``values``: key of the figure to its unit and value in the last issue, of the own period.
    """

    text: ProjectReportText
    issue: IssuedReport | None = None
    values: Mapping[str, tuple[str, Decimal | None]] = field(default_factory=dict)

    @property
    def stage(self) -> Stage:
        presented_at = self.text.presented_at
        if self.issue is None:
            return Stage.PRESENTED if presented_at else Stage.WRITING
        if not self.is_written:  # issued before the texts existed
            return Stage.APPROVED
        if presented_at is None:
            return Stage.CORRECTING
        return Stage.APPROVED if presented_at == self.issue.prepared_at else Stage.PRESENTED

    @property
    def is_written(self) -> bool:
        """Whether its texts were saved."""
        return self.text.version > 0

    @property
    def is_locked(self) -> bool:
        """Whether the texts wait for an approval."""
        return self.stage == Stage.PRESENTED

    @property
    def full_text(self) -> str:
        """All texts as they would be frozen now; of a report issued before they existed those of the issue."""
        if not self.is_written and self.issue:
            return self.issue.text
        return self.text.full_text

    @property
    def text_changed(self) -> bool:
        """Whether the texts are others than in the last issue."""
        return self.issue is not None and self.full_text != self.issue.text

    def changed_numbers(self, statement: ReportStatement) -> int:
        """How many numbers are others than in the last issue, as they are shown."""
        now = {each.figure.key: each.stored_value for each in statement.numbers() if each.is_own}
        return sum(
            format_in_unit(unit, value) != format_in_unit(unit, now.get(key))
            for key, (unit, value) in self.values.items()
        )


def with_reports(editions: QuerySet[Edition]) -> QuerySet[Edition]:
    """The editions with ``report_rows`` and ``issue_rows``: their texts and issues as plain values.

    They come with the edition, because the page of a report reads much beside them.
    """
    texts = ProjectReportText.objects.filter(edition=OuterRef("pk"))
    issues = IssuedReport.objects.filter(kind=PROJECT, edition=OuterRef("pk")).order_by("number")
    own = IssuedNumber.objects.filter(figure__report=OuterRef("pk"), column="", assistant=None)
    value = JSONObject(
        key="figure__key", unit="figure__unit", value=Cast("value", CharField()), position="figure__position"
    )
    values = ArraySubquery(own.order_by("figure__position").values(content=value))
    return editions.annotate(
        report_rows=ArraySubquery(texts.values(content=_content(ProjectReportText, TEXT_PEOPLE))),
        issue_rows=ArraySubquery(issues.values(content=_content(IssuedReport, ISSUE_PEOPLE, values=values))),
    )


def _content(model: type[Model], people: tuple[str, ...], **more: Any) -> JSONObject:
    """All columns of the model, and the names of these users."""
    columns: dict[str, Any] = {each.attname: each.attname for each in model._meta.concrete_fields}
    names = {
        f"{each}_name": Concat(f"{each}__first_name", Value(" "), f"{each}__last_name") for each in people
    }
    return JSONObject(**columns, **names, **more)


def _row(model: type[ModelT], content: dict[str, Any], people: tuple[str, ...]) -> ModelT:
    """The row of these plain values."""
    columns = {each.attname: each for each in model._meta.concrete_fields}
    row = model(**{name: each.to_python(content[name]) for name, each in columns.items()})
    row._state.adding, row._state.db = False, "default"
    for each in people:
        pk, name = content[f"{each}_id"], content[f"{each}_name"].strip()
        first, _, last = name.partition(" ")
        setattr(row, each, User(pk=pk, first_name=first, last_name=last) if pk else None)
    return row


def state_of(edition: Edition, days: Period) -> ReportState:
    """The report about these days, of an edition from ``with_reports``."""
    rows: Any = edition
    key = {"starts_on": days.start.isoformat(), "ends_on": days.end.isoformat()}

    def about(contents: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [each for each in contents if all(each[name] == day for name, day in key.items())]

    texts, issues = about(rows.report_rows), about(rows.issue_rows)
    text = (
        _row(ProjectReportText, texts[0], TEXT_PEOPLE)
        if texts
        else ProjectReportText(edition=edition, starts_on=days.start, ends_on=days.end)
    )
    if not issues:
        return ReportState(text)
    last = issues[-1]
    values = {
        each["key"]: (each["unit"], None if each["value"] is None else Decimal(each["value"]))
        for each in last["values"]
    }
    return ReportState(text, _row(IssuedReport, last, ISSUE_PEOPLE), values)


def load_state(edition: Edition, days: Period) -> ReportState:
    """The same, read again. One statement."""
    return state_of(with_reports(Edition.objects.filter(pk=edition.pk)).get(), days)


def differs(state: ReportState, differences: list[NumberDifference]) -> bool:
    """Whether there is anything to correct."""
    return bool(differences) or state.text_changed
