"""The main path, whole: a visit, a new version of the plan through every pair of eyes, signed paper, the report."""

from datetime import date

from playwright.sync_api import expect

from families.choices import PlanState
from families.plans.models import Plan
from lubsko_ops.core import clock
from lubsko_ops.core.dates import Quarter
from tests.browser.conftest import HANDSET, PHONE, come_in, said, scrolls_sideways
from tests.families.plans.helpers import plan_url, with_grandmother
from tests.families.visits.helpers import new_visit_url
from tests.plan_factories import BUDGET_ROW, EDUCATION_ROW, create_plan_in_force
from tests.reports.urls import report_url

BEFORE = date(2026, 7, 1)
REMARK = "Kto i jak często sprawdza zeszyt?"
DAILY = "Zeszyt wydatków, asystent sprawdza go w każdy piątek."
REFUSAL = "Nie zgadza się na zeszyt wydatków."
FOURTH = Quarter(2026, 4)


def row(page, number):
    return page.get_by_role("group", name=f"Wiersz {number}", exact=True)


def turn(page, label):
    page.locator(".turn").get_by_role("link", name=label).click()


def from_start(page, link):
    page.goto(f"{page.base}/")
    page.get_by_role("main").get_by_role("link", name=link, exact=True).click()


def log_the_visit(page, family):
    page.goto(page.base + new_visit_url(family))
    for goal in (EDUCATION_ROW["goal"], BUDGET_ROW["goal"]):
        page.get_by_role("checkbox", name=goal).check()
    states = page.get_by_role("group", name=f"Stan: {BUDGET_ROW['goal']}")
    states.get_by_label("częściowo", exact=True).check()
    page.get_by_label("odbyta", exact=True).check()
    page.get_by_role("group", name="Podpis rodziny").get_by_label("podpis", exact=True).check()
    page.get_by_label("Co się działo").fill("Kacper czytał na głos, Danuta pokazała rachunki.")
    assert not scrolls_sideways(page)
    page.get_by_role("button", name="Zapisz wizytę").click()
    said(page, "Zapisano wizytę: Kowalscy, 13.10.2026")


def the_plan_tells_of_it(page, family):
    page.goto(page.base + plan_url(family))
    for number, became in ((1, "praca nad działaniem"), (2, "zrealizowane częściowo")):
        done = page.locator(f"#w{number}")
        done.get_by_text("Co zrobiono: 1 wpis").click()
        expect(done.get_by_role("listitem")).to_contain_text(f"Wizyta 13.10.2026: {became}")


def write_the_second_version(page, family):
    turn(page, "Napisz nową wersję")
    page.get_by_label("Plan od").fill("13.10.2026")
    page.get_by_label("Powód zmiany planu").fill("Kacper czyta, zostają rachunki.")
    page.get_by_text("Wybierz cel z biblioteki").click()
    page.locator("summary").get_by_text("Warunki mieszkaniowe", exact=True).click()
    page.locator(".offered button:visible").first.click()
    new = row(page, 3)
    new.get_by_label("Działania").fill("Wniosek do administracji.")
    new.get_by_label("Po czym poznamy, że się udało").fill("Okno się zamyka.")
    new.get_by_label("Kto").fill("Danuta")
    new.get_by_label("Termin").fill("31.12.2026")
    new.get_by_role("button", name="Przesuń w górę").click()
    expect(row(page, 2).get_by_label("Działania")).to_have_value("Wniosek do administracji.")
    page.get_by_role("button", name="Zapisz szkic planu").click()
    said(page, "Zapisano szkic planu pracy: Kowalscy, wersja 2.")
    turn(page, "Pisz dalej")
    page.get_by_role("button", name="Wyślij do konsultacji").click()
    said(page, "Wysłano do konsultacji plan pracy: Kowalscy, wersja 2.")


def send_it_back(page):
    from_start(page, "Kowalscy, wersja 2")
    turn(page, "Odeślij z uwagami")
    page.get_by_label("Uwaga do wiersza 3").fill(REMARK)
    page.get_by_role("button", name="Odeślij do poprawy").click()
    said(page, "Odesłano plan do poprawy z 1 uwagą.")


def mend_it(page):
    from_start(page, "Kowalscy: plan, wersja 2")
    expect(page.locator("#w3").get_by_text(REMARK)).to_be_visible()
    turn(page, "Popraw")
    row(page, 3).get_by_label("Działania").fill(DAILY)
    row(page, 3).get_by_label("Uwzględni").check()
    page.get_by_role("button", name="Wyślij do konsultacji").click()
    said(page, "Wysłano do konsultacji plan pracy: Kowalscy, wersja 2.")


def consult_it(page):
    from_start(page, "Kowalscy, wersja 2")
    turn(page, "Zapisz konsultację")
    page.get_by_label("Uwagi z konsultacji").fill("Teraz dobrze.")
    page.get_by_role("button", name="Zapisz konsultację").click()
    said(page, "Skonsultowano plan, wersja 2.")


def accept_it(page):
    from_start(page, "Kowalscy, wersja 2")
    turn(page, "Zaakceptuj")
    expect(page.get_by_text(DAILY)).to_be_visible()
    page.get_by_role("button", name="Zaakceptuj plan").click()
    said(page, "Zaakceptowano plan, wersja 2.")


def sign_it(page):
    from_start(page, "Kowalscy: plan, wersja 2")
    turn(page, "Odnotuj podpisy")
    for name, kind in (("Danuta Kowalska", "podpis"), ("Zofia Kowalska", "odmowa")):
        page.locator(".signer").filter(has_text=name).get_by_role("radio", name=kind, exact=True).check()
    page.locator(".signer").filter(has_text="Zofia Kowalska").get_by_label("Powód odmowy").fill(REFUSAL)
    page.get_by_role("button", name="Zapisz podpisy").click()
    said(page, "Plan obowiązuje od 13.10.2026.")


def papers_open(page, family):
    for paper in ("2.pdf", "2/dla-rodziny.pdf"):
        answer = page.request.get(f"{page.base}{plan_url(family)}{paper}")
        assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf"), paper
        assert answer.body().startswith(b"%PDF-"), paper


def the_report_counts_it(page):
    """From the figure to its list, to the visit, and back to the figure."""
    page.goto(page.base + report_url(FOURTH))
    page.locator("#f-wizyty-odbyte").get_by_role("link", name="1", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Wizyty odbyte: 1")
    page.get_by_role("link", name="13.10.2026").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("13.10.2026")
    page.go_back()
    page.get_by_role("link", name="Sprawozdanie, IV kwartał 2026").click()
    expect(page).to_have_url(page.base + report_url(FOURTH) + "#f-wizyty-odbyte")
    answer = page.request.get(f"{page.base}{report_url(FOURTH).rstrip('/')}.pdf")
    assert answer.status == 200 and answer.body().startswith(b"%PDF-")


def test_from_a_visit_to_signed_paper_and_the_report(another, kowalscy, anna, tomasz, maria):
    with_grandmother(kowalscy, by=anna)
    with clock.freeze_time(BEFORE):
        first = create_plan_in_force(kowalscy, by=anna, tomasz=tomasz, maria=maria)
    phone, his, hers = another(**HANDSET), another(), another(viewport=PHONE)
    for page, user in ((phone, anna), (his, tomasz), (hers, maria)):
        come_in(page, user)
    log_the_visit(phone, kowalscy)
    the_plan_tells_of_it(phone, kowalscy)
    write_the_second_version(phone, kowalscy)
    send_it_back(his)
    mend_it(phone)
    consult_it(his)
    accept_it(hers)
    papers_open(phone, kowalscy)
    sign_it(phone)
    papers_open(phone, kowalscy)
    expect(phone.get_by_role("table", name="Podpisy pod planem")).to_contain_text(REFUSAL)
    first.refresh_from_db()
    assert first.in_force_to == date(2026, 10, 12)
    assert Plan.objects.get(number=2).state == PlanState.SIGNED
    the_report_counts_it(hers)
