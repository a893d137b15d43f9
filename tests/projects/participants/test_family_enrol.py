"""The form in which members of a family are enrolled."""

from django.urls import reverse

from projects.models import Participation
from tests.form_client import response_text, submit_form
from tests.projects.participants.helpers import make_running_with_group, member


def test_somebody_who_is_no_member_any_more_is_named_beside_the_field(
    as_anna, tomasz, maria, kowalscy, nowakowie
):
    _, group = make_running_with_group(tomasz, maria)
    url = reverse("family-enrol", args=[kowalscy.pk])
    stranger = nowakowie.memberships.order_by("pk").first().person
    response = submit_form(as_anna, url, place=f"g{group.pk}", members=[member(kowalscy).pk, stranger.pk])
    assert response.status_code == 422
    assert "Tego już nie można wybrać" in response_text(response)
    assert not Participation.objects.exists()
