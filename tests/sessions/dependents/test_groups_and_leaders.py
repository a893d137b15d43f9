"""A group and its leaders are not pulled from under the meetings of the group."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from lubsko_ops.audit.history import save_with_history
from projects.actions import update_edition
from projects.groups.actions import add_leader, remove_group, remove_leader, update_group, update_leader
from projects.models import GroupLeader, ProjectGroup
from sessions.choices import MeetingState
from sessions.models import MeetingLeader
from tests.form_client import response_text, submit_form
from tests.projects.groups.helpers import make_group, make_workshop, page
from tests.projects.helpers import complete_content, make_draft
from tests.sessions.factories import make_held, make_meeting

HELD, LATER = date(2026, 10, 12), date(2026, 12, 14)


@pytest.fixture
def workshop(tomasz, maria):
    return make_workshop(tomasz, maria, leader=tomasz)


def change(group, by, **values):
    data = ProjectGroup.objects.get(pk=group.pk)
    for name, value in values.items():
        setattr(data, name, value)
    return update_group(group=group, data=data, version=None, by=by)


def test_a_group_with_a_meeting_is_not_removed(as_tomasz, tomasz, workshop):
    make_meeting(workshop, tomasz, HELD, state=MeetingState.CANCELLED)
    with pytest.raises(ValidationError, match=r"są: 1.*spotkanie"):
        remove_group(group=workshop, why="pomyłka", version=None, by=tomasz)
    response = as_tomasz.get(page("groups:remove", workshop.pk), follow=True)
    assert "1 spotkanie" in response_text(response)


def test_a_group_without_meetings_is_removed(tomasz, workshop):
    remove_group(group=workshop, why="pomyłka", version=None, by=tomasz)
    assert not ProjectGroup.objects.exists()


def test_it_does_not_end_before_a_meeting(as_tomasz, tomasz, workshop):
    make_meeting(workshop, tomasz, LATER)
    response = submit_form(as_tomasz, page("groups:edit", workshop.pk), ends_on="30.11.2026")
    text = response_text(response)
    assert response.status_code == 422 and "14.12.2026 (spotkanie)" in text and "harmonogram" in text
    workshop.refresh_from_db()
    assert workshop.ends_on == date(2026, 12, 18)


def test_nor_begin_after_one(tomasz, workshop):
    make_held(workshop, tomasz, HELD)
    with pytest.raises(ValidationError, match=r"12.10.2026"):
        change(workshop, tomasz, starts_on=date(2026, 10, 13))


def test_a_meeting_over_days_needs_all_of_them(tomasz, workshop):
    make_meeting(workshop, tomasz, LATER, ends_on=date(2026, 12, 16))
    with pytest.raises(ValidationError, match=r"16.12.2026"):
        change(workshop, tomasz, ends_on=date(2026, 12, 15))


def test_a_cancelled_one_does_not_stand_in_the_way(tomasz, workshop):
    make_meeting(workshop, tomasz, LATER, state=MeetingState.CANCELLED)
    make_meeting(workshop, tomasz, LATER, state=MeetingState.WITHDRAWN)
    assert change(workshop, tomasz, ends_on=date(2026, 11, 30)).ends_on == date(2026, 11, 30)


def test_it_does_not_become_a_kind_without_meetings(tomasz, workshop):
    make_meeting(workshop, tomasz, LATER)
    with pytest.raises(ValidationError) as refusal:
        change(workshop, tomasz, kind="consultation")
    assert "1\xa0spotkanie" in refusal.value.message_dict["kind"][0]
    assert change(workshop, tomasz, kind="training").kind == "training"


def test_a_draft_is_not_moved_away_from_its_meetings(tomasz):
    edition = make_draft(tomasz)
    group = make_group(edition, tomasz, starts_on=edition.starts_on, ends_on=edition.ends_on)
    make_meeting(group, tomasz, LATER)
    content = complete_content(edition)
    edition.ends_on = date(2026, 12, 4)
    with pytest.raises(ValidationError, match=r"14.12.2026"):
        update_edition(edition=edition, data=content, version=None, by=tomasz)
    edition.ends_on = date(2026, 12, 20)
    update_edition(edition=edition, data=content, version=None, by=tomasz)
    group.refresh_from_db()
    assert group.ends_on == date(2026, 12, 20)


# ---- leaders -----------------------------------------------------------------------------------------
@pytest.fixture
def replaced(tomasz, olga, workshop) -> GroupLeader:
    """Tomasz, instead of whom olga leads one meeting."""
    leader = workshop.leaders.get()
    meeting = make_meeting(workshop, tomasz, LATER)
    row = MeetingLeader(meeting=meeting, user=olga, instead_of=leader, reason="urlop")
    save_with_history(row, by=tomasz, why="Zastępstwo")
    return leader


def test_a_leader_whom_somebody_replaces_is_not_removed(as_tomasz, tomasz, workshop, replaced):
    with pytest.raises(ValidationError, match=r"14.12.2026 \(zastępstwo\)"):
        remove_leader(leader=replaced, why="pomyłka", version=None, by=tomasz)
    response = submit_form(as_tomasz, page("groups:leader-remove", workshop.pk, replaced.pk), why="pomyłka")
    assert response.status_code == 422 and "14.12.2026 (zastępstwo)" in response_text(response)


def test_nor_shortened_or_replaced_before_that_day(tomasz, workshop, replaced):
    data = GroupLeader(user=tomasz, starts_on=replaced.starts_on, ends_on=date(2026, 12, 1))
    with pytest.raises(ValidationError, match=r"14.12.2026"):
        update_leader(leader=replaced, data=data, version=None, by=tomasz)
    new = GroupLeader(name="Helena Sowa", starts_on=date(2026, 12, 1))
    with pytest.raises(ValidationError, match=r"14.12.2026"):
        add_leader(group=workshop, data=new, replaces=replaced, by=tomasz)
    new.starts_on = date(2026, 12, 15)
    add_leader(group=workshop, data=new, replaces=replaced, by=tomasz)
    replaced.refresh_from_db()
    assert replaced.ends_on == LATER


def test_who_stands_in_once_sees_that_group_and_no_other(as_olga, tomasz, workshop, replaced):
    other = make_group(workshop.edition, tomasz, name="Grupa Tomasza")
    assert as_olga.get(page("groups:group", workshop.pk)).status_code == 200
    assert as_olga.get(page("groups:group", other.pk)).status_code == 404
