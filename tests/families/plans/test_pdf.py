"""PDF documents of the plan: content, layout, access, and what is left out."""

import re
from datetime import date, timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from families.care.actions import record_placement
from families.caseload.actions import hand_over
from families.choices import ActionState, Area, CareForm, EffectRating, Kinship, SignatureKind
from families.people.actions import add_member
from families.people.address_actions import correct_address
from families.plans.actions import create_plan, record_progress, record_signature, return_plan, update_plan
from families.plans.models import Plan, PlanAction
from families.plans.pdf import version_text
from families.plans.queries import required_signers
from lubsko_ops.audit.history import save_with_history
from lubsko_ops.audit.models import AccessLogEntry
from lubsko_ops.centre.models import Centre
from lubsko_ops.core import clock
from tests.factories import TODAY, person_data
from tests.lubsko_ops.output.conftest import embedded_fonts, pdf_text, validation_errors, without_spaces
from tests.plan_factories import (
    BUDGET_ROW,
    EDUCATION_ROW,
    create_accepted_plan,
    create_draft_plan,
    create_plan_in_force,
    create_sent_plan,
    get_period,
    plan_data,
)
from tests.statement_counts import page_statements

LETTERS = "Zażółć gęślą jaźń, ĄĆĘŁŃÓŚŹŻ"
LOOSE = re.compile(r"(?<!\w)[aiouwz]\s*$", re.MULTILINE | re.IGNORECASE)


@pytest.fixture(autouse=True)
def letterhead(system_user):
    save_with_history(
        Centre(
            name="Miejsko-Gminny Ośrodek Pomocy Społecznej w Lubsku",
            short_name="MGOPS Lubsko",
            locality="Lubsko",
            address_line="ul. Przykładowa 12, 68-300 Lubsko",
            phone="68 000 00 00",
        ),
        by=system_user,
        why="ośrodek",
    )


@pytest.fixture
def team(anna, tomasz, maria):
    return {"by": anna, "tomasz": tomasz, "maria": maria}


def pdf_url(plan: Plan, paper: str = ".pdf") -> str:
    return f"/rodziny/{plan.period.family_id}/plan/{plan.number}{paper}"


def progress_pdf_url(plan: Plan) -> str:
    return pdf_url(plan, "/stan-realizacji.pdf")


def family_pdf_url(plan: Plan) -> str:
    return pdf_url(plan, "/dla-rodziny.pdf")


def get_pdf(client, url: str) -> bytes:
    response = client.get(url)
    assert response.status_code == 200, url
    assert response["Content-Type"] == "application/pdf"
    return response.content


def joined_text(pdf: bytes) -> str:
    """The text in one line, with hyphenated words rejoined."""
    return re.sub(r"\s+", " ", re.sub(r"-\n", "", pdf_text(pdf)))


def page_count(pdf: bytes) -> int:
    return len(PdfReader(BytesIO(pdf)).pages)


def rows(count: int, **values) -> list[PlanAction]:
    """Complete rows spread over five areas."""
    areas = list(Area)[:5]
    return [
        PlanAction(
            **EDUCATION_ROW | {"area": areas[at % 5], "goal": f"Cel {at}. Kacper chodzi do szkoły"} | values
        )
        for at in range(1, count + 1)
    ]


# ---- the formal plan ---------------------------------------------------------------------------------
def test_formal_plan_content(as_anna, kowalscy, team):
    plan = create_accepted_plan(kowalscy, **team)
    read = joined_text(get_pdf(as_anna, pdf_url(plan)))
    for said in (
        "nr w rejestrze 2026/001",
        "Lubsko, 13 października 2026 r.",
        "wersja 1 na okres od 13.10.2026 r. do 11.04.2027 r., zaakceptowana 13.10.2026 r.",
        "art. 15 ust. 1 pkt 1 oraz ust. 3 ustawy z dnia 9 czerwca 2011 r.",
        "Dz.U. 2026 poz. 980",
        "Danuta Kowalska, ul. Długa 14 m. 2, 68-300 Lubsko",
        "Kacper (9 l.)",
        "zgoda z 04.03.2026 r.",
        "Anna Sikora",
        "Tomasz Lis",
        "Kacper chodzi do szkoły, a dom jest spokojny.",
        "Edukacja i rozwój dzieci",
        "Kacper nie opuszcza lekcji bez usprawiedliwienia",
        "31.01.2027",
        "zaplanowane",
        "czytelny podpis, data",
        "Zatwierdzam: kierownik ośrodka",
        "skonsultowano 13.10.2026 r.",
        "zaakceptowano 13.10.2026 r.",
        "Bez uwag.",
        "Zawiera dane osobowe – chronić",
    ):
        assert without_spaces(said) in without_spaces(read), said
    assert "PROJEKT" not in read
    assert "nie dotyczy" in read  # no child in care
    assert "Piotr" not in read  # lives elsewhere, signs nothing


def test_draft_is_marked_on_every_page_and_has_no_signature_slots(as_anna, kowalscy, anna):
    plan = create_draft_plan(kowalscy, by=anna, data=plan_data(*rows(20)))
    pdf = get_pdf(as_anna, pdf_url(plan))
    sheets = [sheet.extract_text().replace("\u00a0", " ") for sheet in PdfReader(BytesIO(pdf)).pages]
    assert len(sheets) > 1
    assert all("PROJEKT, wersja robocza" in sheet for sheet in sheets)
    assert "szkic, jeszcze niewysłany do konsultacji" in joined_text(pdf)
    assert "czytelny podpis" not in joined_text(pdf)


def test_draft_names_its_stage(as_anna, kowalscy, anna, tomasz):
    plan = create_sent_plan(kowalscy, by=anna)
    assert "wysłany do konsultacji 13.10.2026 r." in joined_text(get_pdf(as_anna, pdf_url(plan)))
    return_plan(plan=plan, text="Dopisz terminy.", remarks={}, version=None, by=tomasz)
    assert "odesłany do poprawy 13.10.2026 r." in joined_text(get_pdf(as_anna, pdf_url(plan)))


def test_empty_draft_is_printed(as_anna, kowalscy, anna):
    plan = create_draft_plan(kowalscy, by=anna, data=plan_data(PlanAction(goal="Spokój"), main_goal=""))
    read = joined_text(get_pdf(as_anna, pdf_url(plan)))
    assert "Spokój" in read
    assert "Obszar nieokreślony" in read


def test_plan_without_rows_is_printed(as_anna, kowalscy, anna):
    plan = create_draft_plan(kowalscy, by=anna, data=plan_data(PlanAction()))
    assert "Plan nie ma jeszcze działań." in joined_text(get_pdf(as_anna, pdf_url(plan)))


def test_signatures_and_refusals_are_printed_as_recorded(as_anna, kowalscy, team, anna):
    plan = create_accepted_plan(kowalscy, **team)
    (danuta,) = required_signers(plan, on=TODAY)
    record_signature(
        plan=plan,
        person=danuta,
        kind=SignatureKind.REFUSED,
        day=TODAY,
        reason="Nie zgadzam się na <b>terapię</b>",
        version=None,
        by=anna,
    )
    read = joined_text(get_pdf(as_anna, pdf_url(plan)))
    assert "Odmowa podpisu 13.10.2026 r. Powód: „Nie zgadzam się na <b>terapię</b>”." in read
    assert "odmowę odnotowano: Anna Sikora" in read
    assert "czytelny podpis" not in read


def test_signed_plan_shows_when_it_is_in_force(as_anna, kowalscy, team, anna):
    plan = create_plan_in_force(kowalscy, **team)
    read = joined_text(get_pdf(as_anna, pdf_url(plan)))
    assert "Podpisano 13.10.2026 r." in read
    assert "obowiązuje od 13.10.2026 r." in read
    with clock.freeze_time(TODAY + timedelta(days=60)):
        later = create_plan_in_force(kowalscy, **team, data=plan_data(reason="Nowe problemy"))
    assert joined_text(get_pdf(as_anna, pdf_url(plan))) == read  # as issued
    assert "obowiązuje od 13.10.2026 r. do 11.12.2026 r." in joined_text(
        get_pdf(as_anna, progress_pdf_url(plan))
    )
    plan.refresh_from_db()
    said = version_text(plan, today=TODAY + timedelta(days=60))
    assert said.endswith("obowiązywała od 13.10.2026 r. do 11.12.2026 r.")
    assert "Nowe problemy" in joined_text(get_pdf(as_anna, pdf_url(later)))


def test_progress_is_that_of_the_day_of_printing(as_anna, kowalscy, team, anna):
    plan = create_plan_in_force(kowalscy, **team)
    reads, _ = plan.actions.order_by("position")
    tell = {"action": reads, "by": anna}
    with clock.freeze_time(TODAY + timedelta(days=30)):
        record_progress(day=TODAY + timedelta(days=9), state=ActionState.UNDER_WAY, note="Dwa dni", **tell)
        record_progress(
            day=TODAY + timedelta(days=29),
            state=ActionState.DONE,
            effect=EffectRating.REACHED,
            note="Chodzi",
            **tell,
        )
        as_anna.force_login(anna)
        read = joined_text(get_pdf(as_anna, progress_pdf_url(plan)))
        assert "Odpis ze stanem realizacji. W aktach jest plan wydrukowany 13.10.2026 r." in read
        assert "zrealizowane; efekt osiągnięty" in read
        assert "22.10.2026: Dwa dni 11.11.2026: Chodzi" in read
        assert "Stan realizacji na dzień 12.11.2026 r." in read


def test_age_of_an_infant(as_anna, kowalscy, team, anna):
    born = person_data("Zosia", "Kowalska", born_on=date(2026, 6, 1))
    add_member(family=kowalscy, person=born, kinship=Kinship.CHILD, starts_on=date(2026, 6, 1), by=anna)
    assert "Zosia (4 miesiące)" in joined_text(get_pdf(as_anna, pdf_url(create_sent_plan(kowalscy, by=anna))))


def test_coordinated_plan_of_a_child_in_care(as_anna, kowalscy, team, anna):
    kacper = kowalscy.memberships.get(person__first_name="Kacper").person
    record_placement(
        family=kowalscy, person=kacper, form=CareForm.RELATED, starts_on=date(2026, 9, 1), by=anna
    )
    agreed = {"coordinated": True, "coordinated_with": "Joanna Pękala, PCPR", "coordinated_on": TODAY}
    read = joined_text(
        get_pdf(as_anna, pdf_url(create_accepted_plan(kowalscy, **team, data=plan_data(**agreed))))
    )
    assert "Kacper (9 l., w pieczy zastępczej)" in read
    assert "tak – Joanna Pękala, PCPR, 13.10.2026 r." in read
    assert "art. 15 ust. 1 pkt 1 i 2 oraz ust. 3" in read
    assert "Uzgodniono w części dotyczącej dziecka w pieczy" in read


def test_withheld_address_is_not_printed(as_anna, kowalscy, team, anna):
    plan = create_accepted_plan(kowalscy, **team)
    home = kowalscy.addresses.get()
    piotr = kowalscy.memberships.get(person__first_name="Piotr").person
    correct_address(address=home, withheld_from=piotr, version=None, by=anna)
    blank = f"/rodziny/{kowalscy.pk}/plan/formularz.pdf"
    for url in (progress_pdf_url(plan), family_pdf_url(plan), blank):
        read = joined_text(get_pdf(as_anna, url))
        assert "Danuta" in read
        assert "Długa" not in read
        assert "Piotr" not in read


# ---- how it is set -----------------------------------------------------------------------------------
def test_pdf_quality(as_anna, kowalscy, team):
    text = f"{LETTERS}. W domu i w szkole, a u babci i o wszystkim z mamą. " * 3
    long = rows(20, actions=text, expected_outcome=text, who="Danuta i asystent")
    plan = create_accepted_plan(kowalscy, **team, data=plan_data(*long, main_goal=text))
    blank = f"/rodziny/{kowalscy.pk}/plan/formularz.pdf"
    for url in (pdf_url(plan), family_pdf_url(plan), blank):
        pdf = get_pdf(as_anna, url)
        for standard in ("ua1", "3a"):
            assert validation_errors(pdf, standard) == [], url
        assert embedded_fonts(pdf) <= {"Lato", "Lato-Bold", "Lato-Italic"}
        assert not LOOSE.search(pdf_text(pdf)), url
        if url != blank:
            assert without_spaces(LETTERS) in without_spaces(pdf_text(pdf).replace("-\n", ""))
        last = page_count(pdf)
        assert f"Strona {last} z {last}" in pdf_text(pdf)


def test_table_header_repeats_on_each_page(as_anna, kowalscy, team):
    pdf = get_pdf(as_anna, pdf_url(create_accepted_plan(kowalscy, **team, data=plan_data(*rows(20)))))
    sheets = [sheet.extract_text() for sheet in PdfReader(BytesIO(pdf)).pages]
    with_rows = [sheet for sheet in sheets if re.search(r"Cel\s+\d+\.", sheet)]
    assert len(with_rows) >= 3
    assert all("Przewidywany" in sheet for sheet in with_rows)
    assert len(re.findall(r"Cel\s+\d+\.", "\n".join(sheets))) == 20
    assert "Podpisy" in sheets[-1]  # signatures are not alone, their heading is with them


def test_page_counts_of_a_usual_plan(as_anna, kowalscy, team):
    plan = create_accepted_plan(kowalscy, **team)
    assert page_count(get_pdf(as_anna, pdf_url(plan))) == 2
    assert page_count(get_pdf(as_anna, family_pdf_url(plan))) == 1


def test_markup_in_texts_is_escaped(as_anna, kowalscy, team):
    nasty = '<script>alert(1)</script> & "a" {{ x }} <img src=http://zly.example/x.png>\ndruga linia'
    long = "x" * 250
    row = PlanAction(
        **{**BUDGET_ROW, "problem": long, "goal": nasty[:250], "actions": nasty, "expected_outcome": nasty}
    )
    plan = create_accepted_plan(kowalscy, **team, data=plan_data(row, main_goal=nasty))
    for url in (pdf_url(plan), family_pdf_url(plan)):
        read = without_spaces(pdf_text(get_pdf(as_anna, url)).replace("-\n", ""))
        assert without_spaces(nasty) in read
    read = without_spaces(pdf_text(get_pdf(as_anna, pdf_url(plan))).replace("-\n", ""))
    # The word bends in its column, and its row goes on to the next page.
    assert sum(len(part) for part in re.findall("x{5,}", read)) == len(long)


# ---- the plan for the family -------------------------------------------------------------------------
def test_family_plan_content(as_anna, kowalscy, team, anna):
    plan = create_plan_in_force(kowalscy, **team)
    pays = plan.actions.get(position=2)
    record_progress(action=pays, day=TODAY, state=ActionState.DROPPED, note="Dług umorzono", by=anna)
    read = joined_text(get_pdf(as_anna, family_pdf_url(plan)))
    for said in ("Nasz plan", "Danuta i Kacper", "Rok 2027", "Danuta odprowadza Kacpra do szkoły"):
        assert said in read
    assert "31 stycznia" in read
    assert "112" in read
    assert "Anna Sikora, asystent rodziny, tel. 68 000 00 00" in read
    assert "zeszyt" not in read  # given up
    for word in ("Problem", "opuszcza", "zaległości", "Edukacja", "Kowalsk", "zgoda"):
        assert word not in read


def test_family_plan_requires_acceptance(as_anna, kowalscy, anna):
    plan = create_sent_plan(kowalscy, by=anna)
    response = as_anna.get(family_pdf_url(plan))
    assert response.status_code == 302
    assert response.url == f"/rodziny/{kowalscy.pk}/plan/1/"
    assert not AccessLogEntry.objects.exists()


# ---- the form to fill in by hand ---------------------------------------------------------------------
def test_blank_form_has_family_data_and_empty_rows(as_anna, kowalscy):
    pdf = get_pdf(as_anna, f"/rodziny/{kowalscy.pk}/plan/formularz.pdf")
    read = joined_text(pdf)
    for said in ("2026/001", "Danuta Kowalska", "Kacper (9 l.)", "Przewidywany efekt", "6."):
        assert said in read
    assert page_count(pdf) == 2


def test_blank_form_of_a_family_without_work(as_maria, unassigned_family):
    assert "Plan pracy z rodziną" in joined_text(
        get_pdf(as_maria, f"/rodziny/{unassigned_family.pk}/plan/formularz.pdf")
    )


# ---- who, and what is left behind --------------------------------------------------------------------
def test_printing_requires_view_permission(client, kowalscy, team, ewa, zofia, jan):
    plan = create_plan_in_force(kowalscy, **team)
    papers = (pdf_url(plan), family_pdf_url(plan), f"/rodziny/{kowalscy.pk}/plan/formularz.pdf")
    for user, answer in ((team["tomasz"], 200), (team["maria"], 200), (ewa, 404), (zofia, 404), (jan, 404)):
        client.force_login(user)
        assert {client.get(url).status_code for url in papers} == {answer}, user


def test_printable_after_a_hand_over(client, kowalscy, team, anna, ewa, maria):
    plan = create_plan_in_force(kowalscy, **team)
    with clock.freeze_time(TODAY + timedelta(days=5)):
        hand_over(period=get_period(kowalscy), assistant=ewa, starts_on=clock.today(), by=maria)
        client.force_login(anna)
        assert client.get(pdf_url(plan)).status_code == 200
    with clock.freeze_time(TODAY + timedelta(days=60)):
        client.force_login(anna)
        assert client.get(pdf_url(plan)).status_code == 404


def test_version_of_another_family_is_404(as_maria, kowalscy, nowakowie, team):
    plan = create_accepted_plan(kowalscy, **team)
    other = pdf_url(plan).replace(f"/{kowalscy.pk}/", f"/{nowakowie.pk}/")
    assert as_maria.get(other).status_code == 404
    assert as_maria.get(pdf_url(plan).replace("/1.pdf", "/2.pdf")).status_code == 404


def test_download_is_logged_and_file_name_is_anonymous(as_anna, kowalscy, team):
    plan = create_accepted_plan(kowalscy, **team)
    response = as_anna.get(pdf_url(plan))
    assert response["Content-Disposition"] == f'inline; filename="plan-pracy-{plan.pk}.pdf"'
    assert response["Cache-Control"] == "private, no-store"
    entry = AccessLogEntry.objects.get()
    assert (entry.families, entry.view_name) == ([kowalscy.pk], "families:plan-pdf")
    assert entry.access_area == "plan"


def test_query_count_does_not_grow_with_rows(as_anna, kowalscy, team):
    plan = create_accepted_plan(kowalscy, **team, data=plan_data(*rows(2)))
    few = len(page_statements(as_anna, pdf_url(plan)))
    Plan.objects.filter(pk=plan.pk).update(state="draft")
    fresh = Plan.objects.get(pk=plan.pk)
    update_plan(plan=fresh, data=plan_data(*rows(20)), version=None, by=team["by"])
    Plan.objects.filter(pk=plan.pk).update(state="accepted")
    assert len(page_statements(as_anna, pdf_url(plan))) == few <= 22


def test_second_version_prints_its_own_content(as_anna, kowalscy, team, anna):
    create_plan_in_force(kowalscy, **team)
    row = PlanAction(**{**EDUCATION_ROW, "goal": "Kacper lubi szkołę"})
    plan = create_plan(period=get_period(kowalscy), data=plan_data(row, reason="Okresowa ocena"), by=anna)
    read = joined_text(get_pdf(as_anna, pdf_url(plan)))
    assert "wersja 2" in read
    assert "Kacper lubi szkołę" in read
    assert "Okresowa ocena" in read
