"""New passwords: what a colleague would guess is refused with a sentence."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.urls import reverse

from lubsko_ops.accounts.models import User
from lubsko_ops.audit.history import save_with_history
from lubsko_ops.centre.models import Centre
from tests.form_client import response_text
from tests.staff import PASSWORD


@pytest.fixture
def centre(maria):
    row = Centre(
        name="Ośrodek Pomocy Społecznej w Żółwinie Górnym",
        name_locative="Ośrodku Pomocy Społecznej w Żółwinie Górnym",
        short_name="OPS Żółwin",
        locality="Żółwin Górny",
    )
    return save_with_history(row, by=maria, why="Dane ośrodka")


@pytest.mark.parametrize(
    "password",
    [
        "OPSZolwin2026!",
        "Żółwin Górny 2026",
        "zolwin.gorny.2026",
        "OśrodekPomocy2026",
        "osrodek_pomocy_spolecznej_1",
        "2026-Żółwinie-2026",
        "Żółwina123456789",
        "!!ŻÓŁWIN!!2026!!",
        "Ops-Sikora-2026!",
        "AnnaSikora2026!!",
        "Pomoc-Społeczna-2026",
        "Gmina Żółwin 2026",
        "AsystentRodziny1",
        "haslohaslo12",
    ],
)
def test_names_with_a_year_are_refused(centre, anna, password):
    with pytest.raises(ValidationError) as refusal:
        validate_password(password, anna)
    assert any("łatwo zgadnąć" in sentence for sentence in refusal.value.messages)


@pytest.mark.parametrize("password", ["Zielony rower pod Żółwinem", "kot-w-Żółwinie-tańczy", PASSWORD])
def test_other_words_beside_the_name_make_a_password(centre, anna, password):
    validate_password(password, anna)


def test_before_the_centre_is_entered(anna):
    validate_password("Żółwin Górny 2026", anna)


def test_own_name_without_diacritics_is_refused(db):
    user = User(username="bzzolc", first_name="Błażej", last_name="Żółciński")
    with pytest.raises(ValidationError, match="podobne do imienia"):
        validate_password("zolcinski2026", user)


def test_the_form_says_why(client, centre, anna):
    client.force_login(anna)
    new = "OPSZolwin2026!"
    data = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    answer = response_text(client.post(reverse("account_change_password"), data))
    assert "Takie hasło łatwo zgadnąć" in answer
    anna.refresh_from_db()
    assert anna.check_password(PASSWORD)
