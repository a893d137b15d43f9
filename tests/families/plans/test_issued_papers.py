"""The two papers of a plan stay as issued, whatever happens to names, people, places and laws afterwards."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from families import law
from families.care.actions import record_placement
from families.caseload.actions import hand_over
from families.choices import CareForm, SignatureKind
from families.people.actions import correct_person
from families.people.address_actions import correct_address
from families.plans.actions import record_signatures
from families.plans.dto import SignatureData
from families.plans.models import Plan
from families.plans.papers import FOR_SIGNATURE, issue_plan
from lubsko_ops.audit.models import AccessLogEntry
from lubsko_ops.core import clock
from lubsko_ops.output import file_store
from lubsko_ops.output.issued_papers import get_content, paper_context, render_missing
from lubsko_ops.output.models import IssuedPaper
from tests.factories import TODAY
from tests.families.plans.helpers import member, plan_version_url, signed_by
from tests.lubsko_ops.output.conftest import pdf_text
from tests.plan_factories import (
    create_accepted_plan,
    create_consulted_plan,
    create_plan_in_force,
    get_period,
    plan_data,
)

LATER = TODAY + timedelta(days=20)


@pytest.fixture
def team(anna, tomasz, maria):
    return {"by": anna, "tomasz": tomasz, "maria": maria}


def read(content: bytes) -> str:
    return " ".join(pdf_text(content).replace("-\n", "").split())


def paper(client, plan, name="paper-for-signature") -> bytes:
    response = client.get(plan_version_url(plan, name))
    assert response.status_code == 200
    return response.content


@pytest.fixture
def everything_changes(kowalscy, anna, ewa, maria, monkeypatch):
    """The mother marries, a child is placed in care, the family is handed over, the act gets a new journal number."""

    def change():
        danuta, kacper = member(kowalscy, "Danuta"), member(kowalscy, "Kacper")
        correct_person(person=danuta, version=danuta.version, last_name="Wilk", by=anna)
        record_placement(
            family=kowalscy, person=kacper, form=CareForm.RELATED, starts_on=date(2026, 9, 1), by=anna
        )
        hand_over(period=get_period(kowalscy), assistant=ewa, starts_on=clock.today(), by=maria)
        monkeypatch.setattr(
            law, "SUPPORT", replace(law.SUPPORT, journals=((date(2026, 1, 1), "t.j. Dz.U. 2027 poz. 1"),))
        )

    return change


@pytest.mark.parametrize("opened_before", [True, False])
def test_an_accepted_plan_printed_again_is_the_same_bytes(
    as_maria, kowalscy, team, everything_changes, opened_before
):
    plan = create_accepted_plan(kowalscy, **team)
    if opened_before:
        first = paper(as_maria, plan)
    else:
        render_missing()
        first = get_content(IssuedPaper.objects.get().pk)
    with clock.freeze_time(LATER):
        everything_changes()
        as_maria.force_login(team["maria"])
        assert paper(as_maria, plan) == first
        assert as_maria.get(plan_version_url(plan, "pdf")).content == first
    for words in ("Danuta Kowalska", "Kacper (9 l.)", "Anna Sikora", "poz. 980", "wydruk 13.10.2026 r."):
        assert words in read(first), words


def test_what_is_rendered_late_shows_what_was_issued(as_maria, kowalscy, team, everything_changes):
    """The worker was off: the first who opens the paper weeks later gets the content of its day."""
    plan = create_accepted_plan(kowalscy, **team)
    with clock.freeze_time(LATER):
        everything_changes()
        as_maria.force_login(team["maria"])
        text = read(paper(as_maria, plan))
    for words in (
        "Danuta Kowalska",
        "Kacper (9 l.)",
        "poz. 980",
        "wydruk 13.10.2026 r.",
        "stan na dzień 13.10.2026 r.",
    ):
        assert words in text, words
    assert "Wilk" not in text and "Ewa" not in text and "w pieczy" not in text


def test_a_draft_follows_the_data_of_today(as_maria, kowalscy, team, everything_changes):
    plan = create_consulted_plan(kowalscy, by=team["by"], tomasz=team["tomasz"])
    assert not IssuedPaper.objects.exists()
    with clock.freeze_time(LATER):
        everything_changes()
        as_maria.force_login(team["maria"])
        text = read(as_maria.get(plan_version_url(plan, "pdf")).content)
    for words in ("Danuta Wilk", "w pieczy zastępczej", "poz. 1)", "PROJEKT"):
        assert words in text, words


def test_the_copy_with_progress_keeps_names_and_laws(as_maria, kowalscy, team, everything_changes):
    plan = create_accepted_plan(kowalscy, **team)
    with clock.freeze_time(LATER):
        everything_changes()
        as_maria.force_login(team["maria"])
        text = read(paper(as_maria, plan, "progress-pdf"))
    for words in ("Danuta Kowalska", "poz. 980", "Odpis ze stanem realizacji", "stan na dzień 02.11.2026 r."):
        assert words in text, words
    assert "Wilk" not in text and "Długa" not in text


def test_the_paper_in_force_has_signatures_and_refusals(as_maria, kowalscy, team, anna):
    plan = create_accepted_plan(kowalscy, **team)
    for_signature = paper(as_maria, plan)
    signatures = [
        SignatureData(member(kowalscy, "Danuta"), SignatureKind.SIGNED, TODAY),
        SignatureData(member(kowalscy, "Piotr"), SignatureKind.REFUSED, TODAY, "Nie mieszka tu"),
    ]
    record_signatures(plan=plan, signatures=signatures, version=None, by=anna)
    text = read(paper(as_maria, plan, "paper-in-force"))
    assert "obowiązuje od 13.10.2026 r." in text and "Podpisano 13.10.2026 r." in text
    assert (
        "Odmowa podpisu 13.10.2026 r. Powód: „Nie mieszka tu”" in text
    )  # of the same form, after the required one
    assert paper(as_maria, plan) == for_signature
    assert "czytelny podpis" in read(for_signature) and "Podpisano" not in read(for_signature)


def test_a_hand_over_before_the_signature_is_stated(as_maria, kowalscy, team, anna, ewa, maria):
    plan = create_accepted_plan(kowalscy, **team)
    with clock.freeze_time(TODAY + timedelta(days=3)):
        hand_over(period=get_period(kowalscy), assistant=ewa, starts_on=clock.today(), by=maria)
        signed_by(plan, kowalscy, "Danuta", by=ewa)
        as_maria.force_login(maria)
        text = read(paper(as_maria, plan, "paper-in-force"))
        assert f"Autor planu: Anna Sikora. Od 16.10.2026 r. rodzinę prowadzi {ewa}." in text
        assert "rodzinę prowadzi" not in read(paper(as_maria, plan))


@pytest.mark.parametrize(
    ("day", "journal"),
    [(date(2025, 6, 30), "Dz.U. 2025 poz. 49"), (date(2026, 5, 4), ""), (TODAY, "poz. 980")],
)
def test_the_paper_cites_the_journal_of_its_day(kowalscy, team, maria, day, journal):
    plan = create_consulted_plan(kowalscy, by=team["by"], tomasz=team["tomasz"])
    Plan.objects.update(drawn_up_on=day)
    basis = paper_context(issue_plan(plan, FOR_SIGNATURE, by=maria))["basis"]
    if journal:
        assert journal in basis
    else:
        assert "Dz.U." not in basis and "()" not in basis


def test_there_is_no_paper_before_its_moment(as_maria, kowalscy, team):
    plan = create_consulted_plan(kowalscy, by=team["by"], tomasz=team["tomasz"])
    for name in ("paper-for-signature", "paper-in-force"):
        response = as_maria.get(plan_version_url(plan, name))
        assert (response.status_code, response.url) == (302, plan_version_url(plan))


def test_each_download_is_logged(as_maria, kowalscy, team):
    plan = create_plan_in_force(kowalscy, **team)
    for name in ("paper-for-signature", "paper-in-force"):
        paper(as_maria, plan, name)
    entries = AccessLogEntry.objects.order_by("pk").values_list("view_name", "families", "access_area")
    assert list(entries) == [
        ("families:plan-paper-for-signature", [kowalscy.pk], "plan"),
        ("families:plan-paper-in-force", [kowalscy.pk], "plan"),
    ]


def test_a_paper_with_an_address_withheld_since_opens_after_a_warning(as_anna, kowalscy, team, anna):
    plan = create_accepted_plan(kowalscy, **team)
    first = paper(as_anna, plan)
    correct_address(
        address=kowalscy.addresses.get(), withheld_from=member(kowalscy, "Piotr"), version=None, by=anna
    )
    url = plan_version_url(plan, "paper-for-signature")
    asked = as_anna.get(url)
    assert asked["Content-Type"].startswith("text/html") and "zastrzeżony adres" in asked.content.decode()
    assert as_anna.get(url + "?mimo-to=1").content == first


def test_a_second_version_has_its_own_papers(kowalscy, team):
    first = create_plan_in_force(kowalscy, **team)
    with clock.freeze_time(LATER):
        second = create_accepted_plan(kowalscy, **team, data=plan_data(reason="Ocena"))
    issued = IssuedPaper.objects.order_by("pk").values_list("subject_id", "kind", "number")
    assert list(issued) == [
        (first.pk, "plan_for_signature", "2026/001, wersja 1"),
        (first.pk, "plan_in_force", "2026/001, wersja 1"),
        (second.pk, "plan_for_signature", "2026/001, wersja 2"),
    ]


def test_a_plan_loaded_in_bulk_prints_a_copy_of_today(as_maria, kowalscy, team):
    plan = create_accepted_plan(kowalscy, **team)
    IssuedPaper.objects.all().delete()
    text = read(paper(as_maria, plan))
    assert "Odpis sporządzony 13.10.2026 r. według danych z tego dnia." in text
    assert not IssuedPaper.objects.exists()


def test_a_lost_file_is_said_and_not_replaced(as_maria, kowalscy, team):
    plan = create_accepted_plan(kowalscy, **team)
    paper(as_maria, plan)
    file_store.path_of(IssuedPaper.objects.get().stored_as).unlink()
    response = as_maria.get(plan_version_url(plan, "paper-for-signature"))
    assert response.status_code == 503
    assert "Brakuje pliku wydruku" in response.content.decode()
    assert Plan.objects.get().frozen
