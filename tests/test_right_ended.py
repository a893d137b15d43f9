"""A right ends while a form is open: nothing is saved, and what was typed stays readable for its author."""

from datetime import timedelta

import pytest
from django.urls import reverse

from families.caseload.actions import end_work, hand_over
from families.choices import ClosingReason
from lubsko_ops.accounts.actions import appoint_deputy, end_role, grant_role
from lubsko_ops.accounts.models import RoleGrant
from lubsko_ops.core import clock
from lubsko_ops.core.permissions import Role
from lubsko_ops.submissions.models import Draft
from tests.factories import TODAY
from tests.form_client import form_data
from tests.form_submissions import FORM_SUBMISSIONS
from tests.page import Page, page_text
from tests.staff import EMPLOYED_ON
from tests.test_odd_input import is_text, visible

WORDS = "Kacper wrócił sam ze szkoły."
REFUSED = "Tego formularza nie możesz już zapisać"
FAMILY_WORDS = (
    "Kowal",
    "Danuta",
    "Piotr",
    "Długa",
    "Nowak",
    "Lisowie",
)  # of the families the forms are about


def new_visit(client, family) -> tuple[str, dict]:
    url = reverse("families:visit-new", args=[family.pk])
    return url, form_data(client, url, facts=WORDS)


def main_text(response) -> str:
    [main] = Page(response).all("main")
    return main.text


def start_page_drafts(client) -> list[str]:
    return [link.url for link in Page(client.get(reverse("start"))).links if "szkic=" in link.url]


class TestHandOver:
    def test_the_words_of_the_assistant_are_shown_and_stay_a_draft(self, as_anna, anna, ewa, maria, kowalscy):
        url = reverse("families:person-add", args=[kowalscy.pk])
        data = form_data(as_anna, url, last_name=WORDS)
        hand_over(period=kowalscy.periods.get(), assistant=ewa, starts_on=TODAY, by=maria)
        with clock.freeze_time(TODAY + timedelta(days=29)):
            as_anna.force_login(anna)
            response = as_anna.post(url, data)
            assert response.status_code == 403
            assert "Tę rodzinę przekazano komuś innemu." in main_text(response)
            assert WORDS in main_text(response) and "Skopiuj tekst" in main_text(response)
            [address] = set(start_page_drafts(as_anna))
            again = as_anna.get(address)
            assert again.status_code == 403 and WORDS in main_text(again)

    def test_the_next_assistant_does_not_see_them(self, as_anna, ewa, maria, kowalscy):
        url, data = new_visit(as_anna, kowalscy)
        hand_over(period=kowalscy.periods.get(), assistant=ewa, starts_on=TODAY, by=maria)
        as_anna.post(url, data)
        draft = Draft.objects.get()
        as_anna.force_login(ewa)
        assert WORDS not in page_text(as_anna.get(f"{url}?szkic={draft.key}"))
        assert start_page_drafts(as_anna) == []

    def test_a_month_later_the_page_is_not_there_and_the_words_are(self, as_anna, anna, ewa, maria, kowalscy):
        url, data = new_visit(as_anna, kowalscy)
        hand_over(period=kowalscy.periods.get(), assistant=ewa, starts_on=TODAY, by=maria)
        with clock.freeze_time(TODAY + timedelta(days=40)):
            as_anna.force_login(anna)
            response = as_anna.post(url, data)
            assert response.status_code == 404
            assert WORDS in main_text(response) and "Kowalscy" not in main_text(response)
            # In the order of the form, also of the draft, whose names the database sorts.
            [address] = set(start_page_drafts(as_anna))
            for text in (main_text(response), main_text(as_anna.get(address))):
                day, facts, notified = map(text.index, ("Data", WORDS, "Dzień zawiadomienia"))
                assert day < facts < notified

    def test_without_a_form_of_this_server_the_answer_is_as_ever(self, as_anna, nowakowie):
        url = reverse("families:visit-new", args=[nowakowie.pk])
        response = as_anna.post(url, {"facts": WORDS})
        assert response.status_code == 404 and WORDS not in page_text(response)
        assert not Draft.objects.exists()

    def test_a_form_opened_on_another_account_stays_with_its_author(
        self, as_anna, anna, ewa, maria, kowalscy
    ):
        url, data = new_visit(as_anna, kowalscy)
        as_anna.force_login(ewa)
        response = as_anna.post(url, data)
        assert response.status_code == 409 and WORDS not in page_text(response)
        assert Draft.objects.get().user == anna


def test_the_work_ends_while_the_plan_is_written(as_anna, maria, kowalscy):
    url = reverse("families:plan-new", args=[kowalscy.pk])
    data = form_data(as_anna, url, main_goal="Spokojny dom.", **{"rows-0-goal": "Czynsz na czas"})
    yesterday = TODAY - timedelta(days=1)
    end_work(period=kowalscy.periods.get(), on=yesterday, reason=ClosingReason.values[0], by=maria)
    response = as_anna.post(url, data)
    assert response.status_code == 403
    words = main_text(response)
    assert REFUSED in words and "Spokojny dom." in words and "Czynsz na czas" in words
    assert Draft.objects.get().content["main_goal"] == ["Spokojny dom."]


def test_the_deputy_of_the_manager_has_ended(client, zofia, maria, unassigned_family, make_user):
    deputy = make_user("danuta", "Danuta", "Maj")
    appoint_deputy(of=maria, user=deputy, starts_on=TODAY, ends_on=TODAY, by=maria)
    client.force_login(deputy)
    url = reverse("families:family-edit", args=[unassigned_family.pk])
    data = form_data(client, url, name="Lisowie z Długiej")
    with clock.freeze_time(TODAY + timedelta(days=1)):
        client.force_login(deputy)
        response = client.post(url, data)
        assert response.status_code in (403, 404)
        assert "Lisowie z Długiej" in main_text(response)
        assert start_page_drafts(client)


# Forms of the user's own account need no role.
OF_A_ROLE = [each for each in FORM_SUBMISSIONS if not each.name.startswith("own-")]


@pytest.mark.parametrize("submission", OF_A_ROLE, ids=str)
def test_every_form_keeps_its_words_when_the_role_ends(client, db, submission, request, system_user):
    user = request.getfixturevalue(submission.username)
    # The last administrator could not lose the role.
    grant_role(user=system_user, role=Role.ADMIN, starts_on=EMPLOYED_ON, by=system_user)
    client.force_login(user)
    url, fields = submission.fill(request)
    data = form_data(client, url, **fields)
    view = client.get(url).context["view"]
    form = client.get(url).context["form"]
    texts = [name for name in visible(data) if is_text(form, name)]
    typed = {name: [f"Słowa {number} autora"] for number, name in enumerate(texts)}
    end_role(grant=RoleGrant.objects.get(user=user), on=TODAY - timedelta(days=1), by=user)
    # Only what the browser of the author sends is shown: here it sends the words and nothing of the file.
    kept = {name: values for name, values in data.items() if name not in visible(data)}
    response = client.post(url, kept | typed)
    assert response.status_code in (403, 404)
    words = main_text(response)
    if not texts:
        assert REFUSED not in words
        return
    assert REFUSED in words
    assert all(text in words for [text] in typed.values())
    assert not [word for word in FAMILY_WORDS if word in words]
    assert Draft.objects.filter(user=user).exists() is view.keeps_drafts
    if view.keeps_drafts:
        [address] = set(start_page_drafts(client))
        again = client.get(address)
        assert again.status_code in (403, 404) and all(text in main_text(again) for [text] in typed.values())
