"""Participants for a paper: those the user may see, by name, with what the papers say of them."""

from datetime import date

from django.db.models import F, QuerySet

from lubsko_ops.accounts.models import User
from projects.models import Edition, ParticipantConsent, Participation
from projects.scope import visible_participations


def visible_in(edition: Edition, user: User, *, on: date) -> QuerySet[Participation]:
    """Participants of the edition the user may see, by surname, then whole families by their name."""
    rows = visible_participations(user, on=on).filter(edition=edition)
    return rows.select_related("person", "child", "family", "group").order_by(
        F("person__last_name").asc(nulls_last=True), "person__first_name", "family__name", "pk"
    )


def last_consents(edition: Edition) -> dict[tuple[int, str], ParticipantConsent]:
    """The last declaration or consent of each kind by the id of the person."""
    rows = ParticipantConsent.objects.filter(edition=edition).order_by("given_on", "pk")
    return {(row.person_id, row.kind): row for row in rows}
