"""Panels of the start page: links of the user's own account, what others opened, the work of an administrator."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, Subquery

from lubsko_ops.accounts.models import AccountLink, RoleGrant, User, moment_text
from lubsko_ops.accounts.notices import get_waiting_notices, own_ends_to_read, own_links_to_read
from lubsko_ops.accounts.permissions import ACCOUNTS_MANAGE
from lubsko_ops.core import clock
from lubsko_ops.core.dashboard import DashboardAction, Panel, url_for
from lubsko_ops.core.links import reverse
from lubsko_ops.core.permissions import Role, has_permission
from lubsko_ops.core.polish import count_of

HAS_NOTICES = (
    "account_notices"  # in the session: at the login there was something about the own account to read
)
SHOWN = 10
ENDING_DAYS = 30


def remember_own_notices(request, user) -> None:
    """At the login: whether the start page asks for notices about the own account, which is rarely so."""
    if own_links_to_read(user).exists() or own_ends_to_read(user).exists():
        request.session[HAS_NOTICES] = True


def own_notices_panel(request) -> Panel | None:
    """Links issued for the user's own account, the end of its manager's role, until read. Two statements, if any."""
    if not request.session.get(HAS_NOTICES):
        return None
    links, ends = list(own_links_to_read(request.user)), list(own_ends_to_read(request.user))
    if not links and not ends:
        return None
    rows = [{"link": link, "state": link.state_text(request.now)} for link in links]
    return Panel("accounts/_own_notices_panel.html", {"rows": rows, "ends": ends})


def waiting_notices_panel(request) -> Panel:
    """Roles and links that others gave, for a manager who has not read it. One statement."""
    notices = get_waiting_notices(request.user)
    return Panel("accounts/_waiting_notices_panel.html", {"notices": notices})


def administrator_panel(request) -> Panel | None:
    """What an administrator has to do about accounts. Two statements."""
    user, today = request.user, request.today
    if Role.ADMIN not in user.roles or not has_permission(user, ACCOUNTS_MANAGE):
        return None
    people = [
        {"person": person, "state": _waiting_text(person), "late": not _has_open_link(person)}
        for person in _never_logged_in(today)
    ]
    grants = list(_ending_grants(today))
    parts = []
    if people:
        parts.append(f"{count_of(len(people), 'konto czeka,konta czekają,kont czeka')} na pierwsze logowanie")
    if grants:
        parts.append(f"{count_of(len(grants), 'rola kończy,role kończą,ról kończy')} się w ciągu 30 dni")
    actions = [DashboardAction("Nowe konto", reverse("person-new"), "plus-lg")]
    if settings_url := url_for("settings"):
        actions.append(DashboardAction("Ustawienia", settings_url))
    return Panel(
        "accounts/_administrator_panel.html",
        {"people": people[:SHOWN], "more": len(people) - SHOWN, "grants": grants[:SHOWN]},
        title="" if Role.MANAGER in user.roles else "Konta i ustawienia",
        lede=f"{'; '.join(parts).capitalize()}." if parts else "",
        actions=tuple(actions),
    )


def _never_logged_in(today):
    """People with a role who have never logged in, by surname, with the end of their last link.

    Accounts without a role, which enter the first rows of an installation, never log in.
    """
    links = AccountLink.objects.filter(user=OuterRef("pk"), used_at=None, cancelled_at=None)
    with_role = RoleGrant.objects.active_on_or_after(today).values("user")
    people = User.objects.filter(is_active=True, last_login=None, pk__in=with_role)
    last = links.order_by("-valid_until").values("valid_until")[:1]
    return people.annotate(link_until=Subquery(last)).order_by("last_name", "first_name", "pk")


def _ending_grants(today):
    """Roles that end in thirty days and do not go on in another grant."""
    period = (today, today + timedelta(days=ENDING_DAYS))
    longer = Q(ends_on=None) | Q(ends_on__gt=OuterRef("ends_on"))
    going_on = RoleGrant.objects.filter(longer, user=OuterRef("user"), role=OuterRef("role"))
    grants = RoleGrant.objects.filter(~Exists(going_on), ends_on__range=period, user__is_active=True)
    return grants.select_related("user").order_by("ends_on", "user__last_name", "pk")


def _has_open_link(person) -> bool:
    return bool(person.link_until and person.link_until > clock.now())


def _waiting_text(person) -> str:
    """Why the person has not logged in yet, as far as the links tell."""
    if _has_open_link(person):
        return f"odsyłacz działa do {moment_text(person.link_until)}"
    if person.link_until:
        return f"odsyłacz nieważny od {moment_text(person.link_until)}"
    return "hasło ustawione, bez logowania" if person.has_usable_password() else "bez zaproszenia"
