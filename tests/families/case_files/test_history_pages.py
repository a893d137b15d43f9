"""Pages of the history of a case file."""

import pytest

from families.people.actions import (
    add_phone,
    correct_person,
)
from lubsko_ops.audit.changes import FieldChange, get_history_page
from tests.factories import TODAY, create_family
from tests.families.case_files.test_history import history_page, mother_of
from tests.page import Page
from tests.statement_counts import page_statements


def all_pages(family, user, size):
    page = get_history_page(family.pk, user=user, size=size)
    pages = [page]
    while page.after:
        page = get_history_page(family.pk, user=user, after=page.after, size=size)
        pages.append(page)
    return pages


def cursors(page) -> list[int]:
    return [entry.pk for entry in page.entries]


def test_pagination_in_both_directions(maria, kowalscy):
    whole = get_history_page(kowalscy.pk, user=maria, size=999)
    pages = all_pages(kowalscy, maria, 4)
    assert [cursor for page in pages for cursor in cursors(page)] == cursors(whole)
    assert pages[0].before is None
    back = get_history_page(kowalscy.pk, user=maria, before=pages[-1].before, size=4)
    assert cursors(back) == cursors(pages[-2])
    assert [entry.at for entry in whole.entries] == sorted(
        (entry.at for entry in whole.entries), reverse=True
    )


def test_first_entry_of_a_page_has_the_previous_values(anna, maria, kowalscy):
    mother = mother_of(kowalscy)
    correct_person(person=mother, version=mother.version, by=anna, first_name="Dorota")
    page = get_history_page(kowalscy.pk, user=maria, size=1)
    assert page.entries[0].rows[0].changes == [FieldChange("Imię", "Dorota", "Danuta")]
    second = get_history_page(kowalscy.pk, user=maria, after=page.after, size=1)
    back = get_history_page(kowalscy.pk, user=maria, before=second.before, size=1)
    assert back.entries[0].rows[0].changes == page.entries[0].rows[0].changes


@pytest.mark.parametrize("cursor", ["", "x", "-1", "999999999", "'; --", "people.person-1"])
def test_invalid_cursor_shows_the_first_page(client, maria, kowalscy, cursor):
    client.force_login(maria)
    first = Page(client.get(history_page(kowalscy)))
    assert Page(client.get(history_page(kowalscy), {"po": cursor})).text == first.text


def test_a_cursor_of_another_file_shows_the_first_page(maria, kowalscy, nowakowie):
    other = get_history_page(nowakowie.pk, user=maria, size=1)
    first = get_history_page(kowalscy.pk, user=maria, size=2)
    assert cursors(get_history_page(kowalscy.pk, user=maria, after=cursors(other)[0], size=2)) == cursors(
        first
    )


def test_statements_do_not_grow_with_the_history(client, maria, town):
    family = create_family("Długoszowie", region=town, by=maria)
    client.force_login(maria)
    few = page_statements(client, history_page(family))
    mother = mother_of(family)
    for number in range(40):
        mother = correct_person(person=mother, version=mother.version, by=maria, first_name=f"Imię {number}")
        add_phone(family=family, number=f"600 000 {100 + number}", starts_on=TODAY, person=mother, by=maria)
    assert len(page_statements(client, history_page(family))) <= len(few) + 1 <= 17


def test_the_page_links_to_older_entries(client, anna, kowalscy):
    for number in range(30):
        add_phone(family=kowalscy, number=f"600 000 {100 + number}", starts_on=TODAY, by=anna)
    client.force_login(anna)
    first = Page(client.get(history_page(kowalscy)))
    assert "600 000 129" in first.text
    second = Page(client.get(history_page(kowalscy) + first.pager_url("next")))
    assert "600 000 101" in second.text
    assert second.pager_url("prev")
