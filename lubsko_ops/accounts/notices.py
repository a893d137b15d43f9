"""Access that is never silent: roles and regions that open cases, links of accounts that see them, until it is read.

A manager is shown the roles, regions and links of others, the owner of an account its links; the end of a manager's
role both the other managers and its owner (docs/decisions/0022).
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Exists, OuterRef

from lubsko_ops.accounts.models import (
    AccountLink,
    LinkAcknowledgement,
    LinkAudience,
    LinkKind,
    RegionGrant,
    RoleEndNotice,
    RoleGrant,
    moment_text,
)
from lubsko_ops.accounts.rules import Days
from lubsko_ops.audit.history import end_row
from lubsko_ops.core import clock
from lubsko_ops.core.links import reverse
from lubsko_ops.core.permissions import Role

GrantT = TypeVar("GrantT", RoleGrant, RegionGrant)
# What waits for this manager. Written by hand, because the start page of a manager counts it within the statement of
# its other numbers: who has nothing to read pays nothing. Of a link of a manager's account learns every other manager
# who held the role when it was issued, each for themselves.
WAITING = """
    SELECT 'grant' AS kind, g.id, g.user_id AS person_id, g.role AS what, g.entered_by_id AS by_id, g.entered_at,
        NULL::timestamptz AS used_at, NULL::timestamptz AS valid_until, g.starts_on, g.ends_on
    FROM accounts_rolegrant AS g
    WHERE g.awaits_acknowledgement AND g.entered_by_id <> %(manager)s
    UNION ALL
    SELECT 'region', g.id, g.user_id, region.name, g.entered_by_id, g.entered_at, NULL, NULL, g.starts_on, g.ends_on
    FROM accounts_regiongrant AS g JOIN accounts_region AS region ON region.id = g.region_id
    WHERE g.awaits_acknowledgement AND g.entered_by_id <> %(manager)s
    UNION ALL
    SELECT 'end', n.id, g.user_id, g.role, n.ended_by_id, n.at, NULL, NULL, g.starts_on, g.ends_on
    FROM accounts_roleendnotice AS n JOIN accounts_rolegrant AS g ON g.id = n.grant_id
    WHERE n.reader_id = %(manager)s AND n.read_at IS NULL AND g.user_id <> %(manager)s
    UNION ALL
    SELECT 'link', l.id, l.user_id, l.kind, l.entered_by_id, l.entered_at, l.used_at, l.valid_until, NULL, NULL
    FROM accounts_accountlink AS l
    WHERE l.audience IN ('one', 'each') AND l.entered_by_id <> %(manager)s AND l.user_id <> %(manager)s
        AND NOT EXISTS (
            SELECT FROM accounts_linkacknowledgement AS read WHERE read.link_id = l.id AND (
                read.user_id = %(manager)s OR (l.audience = 'one' AND read.user_id <> l.user_id)
            )
        )
        AND (l.audience = 'one' OR EXISTS (
            SELECT FROM accounts_rolegrant AS held
            WHERE held.user_id = %(manager)s AND held.role = 'manager'
                AND held.starts_on <= (l.entered_at AT TIME ZONE 'Europe/Warsaw')::date
                AND (held.ends_on IS NULL OR held.ends_on >= (l.entered_at AT TIME ZONE 'Europe/Warsaw')::date)
        ))"""
ROWS = f"""SELECT waiting.*, person.first_name || ' ' || person.last_name, author.first_name || ' ' || author.last_name
    FROM ({WAITING}) AS waiting
    JOIN accounts_user AS person ON person.id = person_id JOIN accounts_user AS author ON author.id = by_id
    ORDER BY entered_at, kind, waiting.id"""

NOTICE_MODELS: dict[str, type[RoleGrant | RegionGrant | AccountLink | RoleEndNotice]] = {
    "grant": RoleGrant,
    "region": RegionGrant,
    "link": AccountLink,
    "end": RoleEndNotice,
}


@dataclass(frozen=True)
class AccessNotice:
    """A role, a region or a link that somebody else gave to a person, or the end of a manager's role."""

    kind: str  # grant, region, link, end
    pk: int
    person_id: int
    what: str
    by_id: int
    at: datetime
    used_at: datetime | None
    valid_until: datetime | None
    starts_on: date | None
    ends_on: date | None
    person: str
    author: str

    @property
    def key(self) -> str:
        """ "grant-5": what a form names it by."""
        return f"{self.kind}-{self.pk}"

    @property
    def row(self) -> Any:
        """What was given. One statement."""
        return NOTICE_MODELS[self.kind]._default_manager.get(pk=self.pk)

    @property
    def title(self) -> str:
        """ "Nowa rola: kierownik", "Nowe hasło"."""
        if self.kind == "grant":
            return f"Nowa rola: {Role(self.what).label}"
        if self.kind == "end":
            return f"Koniec roli: {Role(self.what).label}"
        if self.kind == "region":
            return f"Nowy rejon: {self.what}"
        return LinkKind(self.what).label.capitalize()

    @property
    def note(self) -> str:
        """The days of a role or a region; when a link was used, or until when it may be."""
        if self.starts_on:
            return Days(self.what, self.starts_on, self.ends_on).text()
        if self.used_at:
            return f"wykorzystano {moment_text(self.used_at)}"
        return f"niewykorzystane, działa do {moment_text(self.valid_until)}" if self.valid_until else ""

    @property
    def url(self) -> str:
        """The page on which it is acknowledged."""
        return reverse(f"{self.kind}-acknowledge", args=[self.pk])


def get_waiting_notices(manager) -> list[AccessNotice]:
    """What waits for this manager, the oldest first. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(ROWS, {"manager": manager.pk})
        return [AccessNotice(*row) for row in cursor.fetchall()]


def end_grant(grant: GrantT, *, on: date, by, why: str) -> GrantT:
    """Set the last day; the end of a manager's role is read by today's other managers and its owner."""
    ended = end_row(grant, on=on, by=by, why=why)
    if isinstance(ended, RoleGrant) and ended.role == Role.MANAGER:
        _give_notice(ended, by=by)
    return ended


def _give_notice(grant: RoleGrant, *, by) -> None:
    managers = RoleGrant.objects.active_on(clock.today()).filter(role=Role.MANAGER)
    readers = {*managers.values_list("user", flat=True), grant.user_id} - {by.pk}
    RoleEndNotice.objects.bulk_create(
        RoleEndNotice(grant=grant, reader_id=pk, ended_by=by, at=clock.now()) for pk in sorted(readers)
    )


def own_ends_to_read(user):
    """The ended roles of the user's own account that the user has not read about yet."""
    ends = RoleEndNotice.objects.filter(reader=user, grant__user=user, read_at=None)
    return ends.select_related("grant", "ended_by").order_by("at", "pk")


def own_links_to_read(user):
    """The links of the user's own account that the user has not read about yet."""
    read = LinkAcknowledgement.objects.filter(link=OuterRef("pk"), user=user)
    links = AccountLink.objects.filter(user=user).exclude(audience=LinkAudience.NOBODY)
    return links.filter(~Exists(read)).select_related("entered_by").order_by("entered_at")
