"""The plan on paper: what stands on it, who may print it, how it is set, and what never gets onto it."""

import re
from dataclasses import replace
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
from families.plans.dto import RowData
from families.plans.models import Plan
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


def address(plan: Plan, paper: str = ".pdf") -> str:
    return f"/rodziny/{plan.period.family_id}/plan/{plan.number}{paper}"


def for_family(plan: Plan) -> str:
    return address(plan, "/dla-rodziny.pdf")


def printed(client, url: str) -> bytes:
    response = client.get(url)
    assert response.status_code == 200, url
    assert response["Content-Type"] == "application/pdf"
    return response.content


def words_of(pdf: bytes) -> str:
    """The text in one line, whatever broke where; hyphens at the ends of lines are put together again."""
    return re.sub(r"\s+", " ", re.sub(r"-\n", "", pdf_text(pdf)))


def pages_of(pdf: bytes) -> int:
    return len(PdfReader(BytesIO(pdf)).pages)


def rows(count: int, **values) -> list[RowData]:
    """So many whole rows over five areas."""
    areas = list(Area)[:5]
    made = RowData(**EDUCATION_ROW)
    return [
        replace(made, area=areas[at % 5], goal=f"Cel {at}. Kacper chodzi do szkoły", **values)
        for at in range(1, count + 1)
    ]


# ---- the formal plan ---------------------------------------------------------------------------------
def test_the_formal_plan_says_all_that_is_signed(as_anna, kowalscy, team):
    plan = create_accepted_plan(kowalscy, **team)
    read = words_of(printed(as_anna, address(plan)))
    for said in (
        "Znak sprawy: 2026/001",
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


def test_a_draft_says_on_every_page_that_it_is_one_and_leaves_no_place_to_sign(as_anna, kowalscy, anna):
    plan = create_draft_plan(kowalscy, by=anna, data=plan_data(*rows(20)))
    pdf = printed(as_anna, address(plan))
    sheets = [sheet.extract_text().replace("\u00a0", " ") for sheet in PdfReader(BytesIO(pdf)).pages]
    assert len(sheets) > 1
    assert all("PROJEKT, wersja robocza" in sheet for sheet in sheets)
    assert "szkic, jeszcze niewysłany do konsultacji" in words_of(pdf)
    assert "czytelny podpis" not in words_of(pdf)


def test_a_draft_says_which_stage_it_has_reached(as_anna, kowalscy, anna, tomasz):
    plan = create_sent_plan(kowalscy, by=anna)
    assert "wysłany do konsultacji 13.10.2026 r." in words_of(printed(as_anna, address(plan)))
    return_plan(plan=plan, text="Dopisz terminy.", remarks={}, version=None, by=tomasz)
    assert "odesłany do poprawy 13.10.2026 r." in words_of(printed(as_anna, address(plan)))


def test_a_draft_may_still_lack_everything(as_anna, kowalscy, anna):
    plan = create_draft_plan(kowalscy, by=anna, data=plan_data(RowData(goal="Spokój"), main_goal=""))
    read = words_of(printed(as_anna, address(plan)))
    assert "Spokój" in read
    assert "Obszar nieokreślony" in read


def test_a_plan_without_rows_is_printed_all_the_same(as_anna, kowalscy, anna):
    plan = create_draft_plan(kowalscy, by=anna, data=plan_data(RowData()))
    assert "Plan nie ma jeszcze działań." in words_of(printed(as_anna, address(plan)))


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
    read = words_of(printed(as_anna, address(plan)))
    assert "Odmowa podpisu 13.10.2026 r. Powód: „Nie zgadzam się na <b>terapię</b>”." in read
    assert "odmowę odnotowano: Anna Sikora" in read
    assert "czytelny podpis" not in read


def test_a_signed_plan_tells_since_when_it_is_in_force_and_until_when_it_was(as_anna, kowalscy, team, anna):
    plan = create_plan_in_force(kowalscy, **team)
    read = words_of(printed(as_anna, address(plan)))
    assert "Podpisano 13.10.2026 r." in read
    assert "obowiązuje od 13.10.2026 r." in read
    with clock.freeze_time(TODAY + timedelta(days=60)):
        later = create_plan_in_force(kowalscy, **team, data=plan_data(reason="Nowe problemy"))
    assert "obowiązuje od 13.10.2026 r. do 11.12.2026 r." in words_of(printed(as_anna, address(plan)))
    plan.refresh_from_db()
    said = version_text(plan, today=TODAY + timedelta(days=60))
    assert said.endswith("obowiązywała od 13.10.2026 r. do 11.12.2026 r.")
    assert "Nowe problemy" in words_of(printed(as_anna, address(later)))


def test_it_shows_how_the_actions_go_on_the_day_of_printing(as_anna, kowalscy, team, anna):
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
        read = words_of(printed(as_anna, address(plan)))
        assert "zrealizowane; efekt osiągnięty" in read
        assert "22.10.2026: Dwa dni 11.11.2026: Chodzi" in read
        assert "Stan realizacji na dzień 12.11.2026 r." in read


def test_an_infant_is_not_nought_years_old(as_anna, kowalscy, team, anna):
    born = person_data("Zosia", "Kowalska", born_on=date(2026, 6, 1))
    add_member(family=kowalscy, data=born, kinship=Kinship.CHILD, starts_on=date(2026, 6, 1), by=anna)
    assert "Zosia (poniżej roku)" in words_of(printed(as_anna, address(create_sent_plan(kowalscy, by=anna))))


def test_a_plan_of_a_child_in_care_is_agreed_with_the_coordinator(as_anna, kowalscy, team, anna):
    kacper = kowalscy.memberships.get(person__first_name="Kacper").person
    record_placement(
        family=kowalscy, person=kacper, form=CareForm.RELATED, starts_on=date(2026, 9, 1), by=anna
    )
    agreed = {"coordinated": True, "coordinated_with": "Joanna Pękala, PCPR", "coordinated_on": TODAY}
    read = words_of(
        printed(as_anna, address(create_accepted_plan(kowalscy, **team, data=plan_data(**agreed))))
    )
    assert "Kacper (9 l., w pieczy zastępczej)" in read
    assert "tak – Joanna Pękala, PCPR, 13.10.2026 r." in read
    assert "art. 15 ust. 1 pkt 1 i 2 oraz ust. 3" in read
    assert "Uzgodniono w części dotyczącej dziecka w pieczy" in read


def test_an_address_withheld_from_somebody_stands_on_no_paper(as_anna, kowalscy, team, anna):
    plan = create_accepted_plan(kowalscy, **team)
    home = kowalscy.addresses.get()
    piotr = kowalscy.memberships.get(person__first_name="Piotr").person
    correct_address(address=home, withheld_from=piotr, version=None, by=anna)
    blank = f"/rodziny/{kowalscy.pk}/plan/formularz.pdf"
    for url in (address(plan), for_family(plan), blank):
        read = words_of(printed(as_anna, url))
        assert "Danuta" in read
        assert "Długa" not in read
        assert "Piotr" not in read


# ---- how it is set -----------------------------------------------------------------------------------
def test_every_paper_is_well_made(as_anna, kowalscy, team):
    text = f"{LETTERS}. W domu i w szkole, a u babci i o wszystkim z mamą. " * 3
    long = rows(20, actions=text, expected_outcome=text, who="Danuta i asystent")
    plan = create_accepted_plan(kowalscy, **team, data=plan_data(*long, main_goal=text))
    blank = f"/rodziny/{kowalscy.pk}/plan/formularz.pdf"
    for url in (address(plan), for_family(plan), blank):
        pdf = printed(as_anna, url)
        for standard in ("ua1", "3a"):
            assert validation_errors(pdf, standard) == [], url
        assert embedded_fonts(pdf) <= {"Lato", "Lato-Bold", "Lato-Italic"}
        assert not LOOSE.search(pdf_text(pdf)), url
        if url != blank:
            assert without_spaces(LETTERS) in without_spaces(pdf_text(pdf).replace("-\n", ""))
        last = pages_of(pdf)
        assert f"Strona {last} z {last}" in pdf_text(pdf)


def test_the_head_of_a_long_table_stands_on_each_of_its_pages(as_anna, kowalscy, team):
    pdf = printed(as_anna, address(create_accepted_plan(kowalscy, **team, data=plan_data(*rows(20)))))
    sheets = [sheet.extract_text() for sheet in PdfReader(BytesIO(pdf)).pages]
    with_rows = [sheet for sheet in sheets if re.search(r"Cel\s+\d+\.", sheet)]
    assert len(with_rows) >= 3
    assert all("Przewidywany" in sheet for sheet in with_rows)
    assert len(re.findall(r"Cel\s+\d+\.", "\n".join(sheets))) == 20
    assert "Podpisy" in sheets[-1]  # signatures are not alone, their heading is with them


def test_a_usual_plan_takes_two_pages_and_the_familys_takes_one(as_anna, kowalscy, team):
    plan = create_accepted_plan(kowalscy, **team)
    assert pages_of(printed(as_anna, address(plan))) == 2
    assert pages_of(printed(as_anna, for_family(plan))) == 1


def test_text_of_people_stays_text(as_anna, kowalscy, team):
    nasty = '<script>alert(1)</script> & "a" {{ x }} <img src=http://zly.example/x.png>\ndruga linia'
    long = "x" * 250
    row = RowData(
        **{**BUDGET_ROW, "problem": long, "goal": nasty[:250], "actions": nasty, "expected_outcome": nasty}
    )
    plan = create_accepted_plan(kowalscy, **team, data=plan_data(row, main_goal=nasty))
    for url in (address(plan), for_family(plan)):
        read = without_spaces(pdf_text(printed(as_anna, url)).replace("-\n", ""))
        assert without_spaces(nasty) in read
    assert long in without_spaces(pdf_text(printed(as_anna, address(plan))).replace("-\n", ""))


# ---- the plan for the family -------------------------------------------------------------------------
def test_the_familys_plan_says_what_who_and_by_when_in_plain_words(as_anna, kowalscy, team, anna):
    plan = create_plan_in_force(kowalscy, **team)
    pays = plan.actions.get(position=2)
    record_progress(action=pays, day=TODAY, state=ActionState.DROPPED, note="Dług umorzono", by=anna)
    read = words_of(printed(as_anna, for_family(plan)))
    for said in ("Nasz plan", "Danuta i Kacper", "Rok 2027", "Danuta odprowadza Kacpra do szkoły"):
        assert said in read
    assert "31 stycznia" in read
    assert "112" in read
    assert "Anna Sikora, asystent rodziny, tel. 68 000 00 00" in read
    assert "zeszyt" not in read  # given up
    for word in ("Problem", "opuszcza", "zaległości", "Edukacja", "Kowalsk", "zgoda"):
        assert word not in read


def test_the_familys_plan_waits_for_the_acceptance(as_anna, kowalscy, anna):
    plan = create_sent_plan(kowalscy, by=anna)
    response = as_anna.get(for_family(plan))
    assert response.status_code == 302
    assert response.url == f"/rodziny/{kowalscy.pk}/plan/1/"
    assert not AccessLogEntry.objects.exists()


# ---- the form to fill in by hand ---------------------------------------------------------------------
def test_the_blank_form_has_the_familys_head_and_empty_rows(as_anna, kowalscy):
    pdf = printed(as_anna, f"/rodziny/{kowalscy.pk}/plan/formularz.pdf")
    read = words_of(pdf)
    for said in ("2026/001", "Danuta Kowalska", "Kacper (9 l.)", "Przewidywany efekt", "6."):
        assert said in read
    assert pages_of(pdf) == 2


def test_a_family_without_work_has_a_blank_form_too(as_maria, unassigned_family):
    assert "Plan pracy z rodziną" in words_of(
        printed(as_maria, f"/rodziny/{unassigned_family.pk}/plan/formularz.pdf")
    )


# ---- who, and what is left behind --------------------------------------------------------------------
def test_whoever_reads_the_plan_prints_it_and_nobody_else(client, kowalscy, team, ewa, zofia, jan):
    plan = create_plan_in_force(kowalscy, **team)
    papers = (address(plan), for_family(plan), f"/rodziny/{kowalscy.pk}/plan/formularz.pdf")
    for user, answer in ((team["tomasz"], 200), (team["maria"], 200), (ewa, 404), (zofia, 404), (jan, 404)):
        client.force_login(user)
        assert {client.get(url).status_code for url in papers} == {answer}, user


def test_after_a_hand_over_it_may_still_be_printed(client, kowalscy, team, anna, ewa, maria):
    plan = create_plan_in_force(kowalscy, **team)
    with clock.freeze_time(TODAY + timedelta(days=5)):
        hand_over(period=get_period(kowalscy), assistant=ewa, starts_on=clock.today(), by=maria)
        client.force_login(anna)
        assert client.get(address(plan)).status_code == 200
    with clock.freeze_time(TODAY + timedelta(days=60)):
        client.force_login(anna)
        assert client.get(address(plan)).status_code == 404


def test_a_version_of_another_family_does_not_exist(as_maria, kowalscy, nowakowie, team):
    plan = create_accepted_plan(kowalscy, **team)
    other = address(plan).replace(f"/{kowalscy.pk}/", f"/{nowakowie.pk}/")
    assert as_maria.get(other).status_code == 404
    assert as_maria.get(address(plan).replace("/1.pdf", "/2.pdf")).status_code == 404


def test_each_paper_is_written_in_the_register_and_names_nobody_in_its_file_name(as_anna, kowalscy, team):
    plan = create_accepted_plan(kowalscy, **team)
    response = as_anna.get(address(plan))
    assert response["Content-Disposition"] == f'inline; filename="plan-pracy-{plan.pk}.pdf"'
    assert response["Cache-Control"] == "private, no-store"
    entry = AccessLogEntry.objects.get()
    assert (entry.families, entry.view_name) == ([kowalscy.pk], "families:plan-pdf")
    assert entry.access_area == "plan"


def test_the_number_of_statements_does_not_grow_with_the_rows(as_anna, kowalscy, team):
    plan = create_accepted_plan(kowalscy, **team, data=plan_data(*rows(2)))
    few = len(page_statements(as_anna, address(plan)))
    Plan.objects.filter(pk=plan.pk).update(state="draft")
    fresh = Plan.objects.get(pk=plan.pk)
    update_plan(plan=fresh, data=plan_data(*rows(20)), version=None, by=team["by"])
    Plan.objects.filter(pk=plan.pk).update(state="accepted")
    assert len(page_statements(as_anna, address(plan))) == few <= 22


def test_a_second_version_prints_its_own_words(as_anna, kowalscy, team, anna):
    create_plan_in_force(kowalscy, **team)
    row = RowData(**{**EDUCATION_ROW, "goal": "Kacper lubi szkołę"})
    plan = create_plan(period=get_period(kowalscy), data=plan_data(row, reason="Okresowa ocena"), by=anna)
    read = words_of(printed(as_anna, address(plan)))
    assert "wersja 2" in read
    assert "Kacper lubi szkołę" in read
    assert "Okresowa ocena" in read
