"""The social project of the demo centre, from ``projects.toml``: the edition of 2022, and one that runs now."""

from datetime import date
from decimal import Decimal

from devtools.demo import meetings, participants
from devtools.demo.dataset import read, resolve_date
from lubsko_ops.accounts.models import User
from lubsko_ops.core import clock
from lubsko_ops.core.polish import count_of
from projects import actions
from projects.document import ROW_MODELS, ProjectData, load_document
from projects.groups.actions import add_leader, create_group
from projects.models import Edition, GroupLeader, IndicatorReading, ProjectGroup
from projects.results.actions import record_results

PROGRESS_MESSAGE = "Piszę projekty"
NUMBERS = ("base", "target", "hours", "rate", "amount", "price")
RESULTS = ("reached", "spent")


def load(day: date) -> str:
    """Both editions; returns a summary for the terminal."""
    data = read("projects")
    users = {user.username: user for user in User.objects.all()}
    first = _load_first(data["first"], users)
    _load_second(day, data["second"], first, data["first"], users)
    return count_of(Edition.objects.count(), "edycja,edycje,edycji")


def _load_first(data: dict, users: dict[str, User]) -> Edition:
    author, manager = users[data["author"]], users[data["manager"]]
    # In a far future the staff of the demo began later than the project; it is then entered afterwards.
    since = max(user.date_joined.date() for user in (author, manager))
    days = {
        name: max(data[name], since) for name in ("begun", "sent", "approved", "running", "ended", "settled")
    }
    with clock.freeze_time(days["begun"]):
        period = {name: data[name] for name in ("title", "kind", "starts_on", "ends_on")}
        edition = actions.create_edition(data=Edition(**period), by=author)
        content = ProjectData(_texts(edition, data["texts"]), _rows(data, users))
        actions.update_edition(edition=edition, data=content, version=None, by=author)
        _make_groups(edition, data["groups"], users, by=author)
    edition = _run(edition, days, author=author, manager=manager)
    participants.add_past(edition, data["women"], days, by=author)
    meetings.add_meetings(edition, data["meetings"], users, since=since, until=days["ended"])
    participants.end_past(edition, days, by=author)
    with clock.freeze_time(days["ended"]):
        actions.end_edition(edition=edition, last_day=data["ends_on"], version=None, by=author)
        document = load_document(edition)
        readings = [
            IndicatorReading(
                goal=goal, day=data["ends_on"], value=Decimal(given["reached"]), source=goal.source
            )
            for goal, given in zip(document["goals"], data["goals"], strict=True)
        ]
        spent = {
            line.pk: Decimal(given["spent"])
            for line, given in zip(document["budget"], data["budget"], strict=True)
        }
        record_results(edition=edition, readings=readings, spent=spent, version=None, by=author)
    with clock.freeze_time(days["settled"]):
        return actions.settle_edition(edition=edition, version=None, by=manager)


def _load_second(day: date, data: dict, first: Edition, earlier: dict, users: dict[str, User]) -> None:
    author, manager = users[earlier["author"]], users[earlier["manager"]]
    days = {name: resolve_date(day, data[name]) for name in ("begun", "sent", "approved", "running")}
    with clock.freeze_time(days["begun"]):
        period = {"starts_on": days["running"], "ends_on": resolve_date(day, data["until"])}
        copy = Edition(title=data["title"], kind=first.kind, **period)
        edition = actions.create_edition(data=copy, copy_of=first, by=author)
        document = load_document(edition)
        document["staff"][0].user = author
        content = ProjectData(_texts(edition, data["texts"]), document.rows)
        actions.update_edition(edition=edition, data=content, version=None, by=author)
        for group in edition.groups.all():  # copied, without leaders
            add_leader(group=group, data=GroupLeader(user=author, starts_on=group.starts_on), by=author)
        _make_groups(edition, data["groups"], users, by=author)
    edition = _run(edition, days, author=author, manager=manager)
    participants.add_present(edition, day, by=manager)
    meetings.add_meetings(edition, data["meetings"], users, since=edition.starts_on, until=day)


def _make_groups(edition: Edition, groups: list[dict], users: dict[str, User], *, by: User) -> None:
    """Groups that last as long as the edition."""
    for row in groups:
        values = {name: _value(name, value, users) for name, value in row.items() if "leader" not in name}
        group = ProjectGroup(starts_on=edition.starts_on, ends_on=edition.ends_on, **values)
        leader = users.get(row.get("leader", ""))
        create_group(
            edition=edition, data=group, leader=leader, leader_name=row.get("leader_name", ""), by=by
        )


def _run(edition: Edition, days: dict[str, date], *, author: User, manager: User) -> Edition:
    """Send, approve and begin the edition on these days."""
    with clock.freeze_time(days["sent"]):
        actions.send_edition(edition=edition, version=None, by=author)
    with clock.freeze_time(days["approved"]):
        actions.approve_edition(edition=edition, version=None, by=manager)
    with clock.freeze_time(days["running"]):
        return actions.begin_edition(edition=edition, version=None, by=author)


def _texts(edition: Edition, texts: dict) -> Edition:
    for name, value in texts.items():
        setattr(edition, name, value.strip() if isinstance(value, str) else value)
    return edition


def _rows(data: dict, users: dict[str, User]) -> dict[str, list]:
    """Rows as entered, not saved; results come later."""
    return {
        name: [
            model(
                **{field: _value(field, value, users) for field, value in row.items() if field not in RESULTS}
            )
            for row in data.get(name, [])
        ]
        for name, model in ROW_MODELS.items()
    }


def _value(field: str, value, users: dict[str, User]):
    if field == "user":
        return users[value]
    return Decimal(value) if field in NUMBERS else value
