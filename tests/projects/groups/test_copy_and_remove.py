"""A group is copied inside its project or with the whole edition, and removed only when nobody has used it."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from projects import actions as projects
from projects.groups import actions
from projects.models import GroupDay, ProjectGroup
from tests.form_client import response_text, submit_form
from tests.projects.groups.helpers import enrol, make_group, make_workshop, mother_of, page
from tests.projects.helpers import complete_content, make_complete, make_running


@pytest.fixture
def spring(tomasz, maria, kowalscy):
    group = make_workshop(
        tomasz, maria, name="Szkoła dla rodziców, wiosna", leader=tomasz, meetings=9, hours=18, goals=[1, 2],
        age_from=18, description="Wychowywać to kochać i wymagać.",
    )  # fmt: skip
    enrol(group, tomasz, person=mother_of(kowalscy), family=kowalscy)
    return group


def test_the_autumn_after_the_spring(as_tomasz, spring):
    url = page("groups:copy", spring.pk)
    fields = {"name": "Szkoła dla rodziców, jesień", "starts_on": "02.11.2026", "ends_on": "18.12.2026"}
    response = submit_form(as_tomasz, url, **fields)
    autumn = ProjectGroup.objects.get(name="Szkoła dla rodziców, jesień")
    same = ("kind", "takes", "capacity", "age_from", "meetings", "hours", "goals", "description")
    assert all(getattr(autumn, name) == getattr(spring, name) for name in same)
    assert (autumn.starts_on, autumn.copied_from) == (date(2026, 11, 2), spring)
    assert not autumn.leaders.exists() and not autumn.participations.exists()
    text = response_text(as_tomasz.get(response.url))
    assert "Skopiowano: rodzaj, opis, liczba miejsc, wiek, liczba spotkań, liczba godzin, cele." in text
    assert "Osób, prowadzących i dni nie skopiowano." in text


def test_a_copy_needs_another_name_and_days_of_the_project(as_tomasz, spring):
    url = page("groups:copy", spring.pk)
    assert "ma już grupę" in response_text(submit_form(as_tomasz, url, starts_on="02.11.2026"))
    response = submit_form(as_tomasz, url, name="Jesień", starts_on="02.09.2026")
    assert "mieszczą się w czasie projektu" in response_text(response)


def test_a_new_edition_takes_the_groups_with_its_own_days(as_tomasz, tomasz, spring):
    projects.end_edition(edition=spring.edition, last_day=date(2026, 10, 13), version=None, by=tomasz)
    url = page_new(spring.edition_id)
    response = submit_form(as_tomasz, url, starts_on="02.03.2027", ends_on="30.06.2027")
    copy = ProjectGroup.objects.exclude(pk=spring.pk).get()
    assert (copy.name, copy.starts_on, copy.ends_on) == (spring.name, date(2027, 3, 2), date(2027, 6, 30))
    assert copy.copied_from == spring and not copy.leaders.exists()
    assert "1 grupa" in response_text(as_tomasz.get(response.url))


def page_new(edition: int) -> str:
    return f"/projekty/nowy/?z={edition}"


def test_the_groups_of_a_draft_follow_its_days(tomasz):
    draft = make_complete(tomasz, starts_on=date(2026, 10, 1), ends_on=date(2026, 12, 31))
    whole = make_group(draft, tomasz, ends_on=None)
    short = make_group(draft, tomasz, name="Ferie", kind="children", starts_on=date(2026, 12, 1))
    content = complete_content(draft, user=tomasz)
    content.edition.starts_on, content.edition.ends_on = date(2026, 11, 2), date(2027, 1, 31)
    projects.update_edition(edition=draft, data=content, version=None, by=tomasz)
    whole.refresh_from_db()
    assert (whole.starts_on, whole.ends_on) == (date(2026, 11, 2), date(2027, 1, 31))
    content.edition.starts_on = date(2026, 12, 7)
    with pytest.raises(ValidationError, match=r"Poza tym czasem są zajęcia: Ferie \(od 01.12.2026"):
        projects.update_edition(edition=draft, data=content, version=None, by=tomasz)
    short.refresh_from_db()
    assert short.starts_on == date(2026, 12, 1)


def test_groups_end_with_the_project_but_none_may_begin_later(tomasz, maria):
    edition = make_running(tomasz, maria)
    group = make_group(edition, tomasz)
    later = make_group(edition, tomasz, name="Finał", kind="outing", starts_on=date(2026, 12, 1))
    with pytest.raises(ValidationError, match=r"mają się zacząć zajęcia: Finał od 01.12.2026"):
        projects.end_edition(edition=edition, last_day=date(2026, 10, 13), version=None, by=tomasz)
    actions.remove_group(group=later, why="nie będzie", version=None, by=tomasz)
    projects.end_edition(edition=edition, last_day=date(2026, 10, 13), version=None, by=tomasz)
    group.refresh_from_db()
    assert group.ends_on == date(2026, 10, 13)


# ---- removing ----------------------------------------------------------------------------------------
def test_a_group_with_people_stays_and_says_why(as_tomasz, tomasz, spring):
    response = as_tomasz.get(page("groups:remove", spring.pk))
    assert response.url == page("groups:group", spring.pk)
    assert "bo są: 1 zapis uczestnika" in response_text(as_tomasz.get(response.url))
    with pytest.raises(ValidationError, match="nie można usunąć"):
        actions.remove_group(group=spring, why="pomyłka", version=None, by=tomasz)


def test_one_nobody_used_goes_with_its_leaders_and_days(as_tomasz, tomasz, maria):
    edition = make_running(tomasz, maria)
    group = make_group(edition, tomasz, name="Wyjazd", kind="trip", leader_name="Jan Kot")
    actions.save_days(group=group, days=[GroupDay(starts_on=date(2026, 10, 10))], version=None, by=tomasz)
    copy = actions.copy_group(
        group=group, name="Wyjazd zimowy", starts_on=date(2026, 12, 1), ends_on=None, by=tomasz
    )
    response = submit_form(as_tomasz, page("groups:remove", group.pk), why="odwołany")
    assert response.url == page("projects:groups", edition.pk)
    copy.refresh_from_db()
    assert list(ProjectGroup.objects.all()) == [copy] and copy.copied_from is None
    assert "odwołany" in response_text(as_tomasz.get(page("projects:history", edition.pk)))
