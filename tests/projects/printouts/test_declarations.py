"""Declarations and consents of guardians: for whom they are printed, with which names, and what they never claim."""

from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from lubsko_ops.audit.history import save_with_history
from lubsko_ops.audit.models import AccessLogEntry
from lubsko_ops.centre.models import Centre, clear_cache
from projects.choices import ConsentKind
from projects.printouts import declarations
from projects.printouts.people import visible_in
from tests.factories import TODAY
from tests.lubsko_ops.output.conftest import html_to_pdf, validation_errors
from tests.projects.printouts.helpers import enrol, sign

pytestmark = pytest.mark.usefixtures("no_pdf")


def url_of(name, *args, query=""):
    return reverse(f"projects:{name}", args=args) + query


def unsigned(edition, user):
    rows = visible_in(edition, user, on=TODAY)
    return [
        (sheet["kind"], sheet["name"], sheet["child"], sheet["family"])
        for _, sheet in declarations.unsigned_sheets(edition, rows, on=TODAY)
    ]


# ---- blank -------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["blank-declaration", "blank-guardian-consent"])
def test_blank_forms_are_for_everybody_who_reads_projects(as_anna, client, jan, edition, name):
    assert as_anna.get(url_of(name, edition.pk))["Content-Type"] == "application/pdf"
    client.force_login(jan)
    assert client.get(url_of(name, edition.pk)).status_code == 403


def test_the_image_is_a_choice_of_its_own_with_its_own_signature(edition):
    html = declarations.declarations_html(edition, [declarations.blank(ConsentKind.DECLARATION)])
    assert html.count(">tak<") == html.count(">nie<") == 2
    assert "Podpis pod osobną zgodą" in html and "Cofam zgodę" in html


def test_without_a_text_of_the_centre_the_officer_completes_it(edition):
    html = declarations.declarations_html(edition, [declarations.blank(ConsentKind.DECLARATION)])
    assert html.count('class="fill-lines"') == len(declarations.TO_COMPLETE)
    assert "inspektorem ochrony" in html and "art." not in html


def test_the_text_of_the_centre_is_printed_as_it_is(edition, maria):
    centre = Centre(
        name="OPS", short_name="OPS", locality="Lubsko", data_processing="Piszcie na iod@ops.example."
    )
    save_with_history(centre, by=maria, why="Dane ośrodka")
    clear_cache()
    html = declarations.declarations_html(edition, [declarations.blank(ConsentKind.DECLARATION)])
    assert "Piszcie na iod@ops.example." in html.replace("\u00a0", " ") and "fill-lines" not in html


# ---- what is still to be signed ----------------------------------------------------------------------
def test_adults_sign_a_declaration_and_guardians_a_consent(edition, cast, tomasz):
    assert unsigned(edition, tomasz) == [
        ("declaration", "Danuta Kowalska", "", ""),
        ("guardian", "", "Kacper Kowalska", ""),
        ("declaration", "Danuta Nowak", "Kacper Nowak", ""),
        ("guardian", "Danuta Nowak", "Kacper Nowak", ""),
        ("declaration", "", "", "Nowakowie"),
    ]


def test_what_is_signed_is_not_printed_again_and_what_was_withdrawn_is(edition, cast, tomasz):
    sign(edition, tomasz, cast.danuta, withdrawn_on=TODAY)
    sign(edition, tomasz, cast.kacper, "guardian", given_by=cast.danuta)
    sign(edition, tomasz, cast.nowak)  # a mother signs for the family, too
    assert unsigned(edition, tomasz) == [
        ("declaration", "Danuta Kowalska", "", ""),
        ("guardian", "Danuta Nowak", "Kacper Nowak", ""),
    ]


def test_nobody_signs_twice_for_two_groups(edition, cast, tomasz):
    enrol(edition, tomasz, cast.danuta, group=cast.pairs)
    assert [name for _, name, _, _ in unsigned(edition, tomasz)].count("Danuta Kowalska") == 1


def test_who_left_signs_nothing(edition, cast, tomasz):
    cast.first.status = "broken_off"
    cast.first.save()
    assert "Danuta Kowalska" not in [name for _, name, _, _ in unsigned(edition, tomasz)]


def test_a_child_is_known_by_kinship_when_the_birth_is_not(edition, cast, tomasz):
    type(cast.kacper).objects.filter(pk=cast.kacper.pk).update(born_on=None)
    assert ("guardian", "", "Kacper Kowalska", "") in unsigned(edition, tomasz)


# ---- who may print them ------------------------------------------------------------------------------
def test_anna_prints_those_of_her_families(as_anna, anna, edition, cast):
    assert {child or name for _, name, child, _ in unsigned(edition, anna)} == {
        "Danuta Kowalska",
        "Kacper Kowalska",
    }
    assert as_anna.get(url_of("declaration", edition.pk, cast.first.pk)).status_code == 200
    assert as_anna.get(url_of("declaration", edition.pk, cast.pair.pk)).status_code == 404
    assert as_anna.get(url_of("guardian-consent", edition.pk, cast.boy.pk)).status_code == 200


def test_an_adult_needs_no_consent_of_a_guardian(as_tomasz, edition, cast):
    assert as_tomasz.get(url_of("guardian-consent", edition.pk, cast.first.pk)).status_code == 404


def test_the_access_log_names_whom_the_file_shows(as_tomasz, edition, cast, nowakowie):
    as_tomasz.get(url_of("unsigned-declarations", edition.pk))
    entry = AccessLogEntry.objects.latest("pk")
    assert entry.access_area == "participant_papers" and entry.families == [nowakowie.pk]
    assert set(entry.persons) == {each.pk for each in (cast.danuta, cast.kacper, cast.nowak, cast.child)}


def test_when_nothing_waits_the_page_says_so(as_tomasz, edition):
    page = as_tomasz.get(url_of("unsigned-declarations", edition.pk), follow=True).content.decode()
    assert "nie czeka na deklarację" in page


def test_more_than_a_file_holds_is_offered_in_parts(as_tomasz, edition, cast, monkeypatch):
    monkeypatch.setattr(declarations, "BATCH", 2)
    page = as_tomasz.get(url_of("unsigned-declarations", edition.pk)).content.decode()
    assert [f"od={first}" in page for first in (1, 3, 5, 7)] == [True, True, True, False]
    part = as_tomasz.get(url_of("unsigned-declarations", edition.pk, query="?od=5"))
    assert part["Content-Type"] == "application/pdf"
    of_group = as_tomasz.get(url_of("unsigned-declarations", edition.pk, query="?grupa=0"))
    assert of_group.status_code == 404


# ---- the paper ---------------------------------------------------------------------------------------
def test_each_form_is_an_accessible_paper_of_two_pages(edition, cast, tomasz):
    rows = visible_in(edition, tomasz, on=TODAY)
    sheets = [sheet for _, sheet in declarations.unsigned_sheets(edition, rows, on=TODAY)]
    pdf = html_to_pdf(declarations.declarations_html(edition, sheets))
    assert validation_errors(pdf, "ua1") == validation_errors(pdf, "3a") == []
    pages = [page.extract_text().replace("\u00a0", " ") for page in PdfReader(BytesIO(pdf)).pages]
    assert [f"Strona {1 + number % 2} z 2" in page for number, page in enumerate(pages)] == [True] * 10
    assert "Danuta Kowalska" in pages[0]
