"""A plan on its way: sent back with a remark, consulted, accepted, signed by one and refused by another, in force."""

import re

from playwright.sync_api import expect

from families.plans.actions import send_plan
from tests.browser.conftest import come_in, said
from tests.families.plans.helpers import plan_url, plan_version_url, reload_plan, with_grandmother
from tests.plan_factories import create_sent_plan

REMARK = "Kto i jak często sprawdza zeszyt?"


def open_plan(page, family):
    page.goto(page.base + plan_url(family))


def press(page, label):
    page.locator(".turn").get_by_role("link", name=label).click()


def test_from_the_first_consultation_to_the_last_signature(another, kowalscy, anna, tomasz, maria):
    with_grandmother(kowalscy, by=anna)
    plan = create_sent_plan(kowalscy, by=anna)
    hers, his, manager = another(), another(), another()
    for page, user in ((hers, anna), (his, tomasz), (manager, maria)):
        come_in(page, user)

    open_plan(his, kowalscy)
    press(his, "Odeślij z uwagami")
    his.get_by_label("Uwaga do wiersza 2").fill(REMARK)
    his.get_by_role("button", name="Odeślij do poprawy").click()
    said(his, "Odesłano plan do poprawy z 1 uwagą. Poprawi go Anna Sikora.")

    open_plan(hers, kowalscy)
    expect(hers.get_by_role("heading", name="Wrócił z 1 uwagą")).to_be_visible()
    expect(hers.locator("#w2").get_by_text(REMARK)).to_be_visible()
    expect(hers.locator(".chain [aria-current]")).to_contain_text("Szkic")

    send_plan(plan=plan, version=None, by=anna)
    open_plan(his, kowalscy)
    press(his, "Zapisz konsultację")
    his.get_by_label("Uwagi z konsultacji").fill("Teraz dobrze.")
    his.get_by_role("button", name="Zapisz konsultację").click()
    said(his, "Skonsultowano plan, wersja 1.")
    expect(his.locator(".turn")).to_contain_text("Czeka na akceptację")

    open_plan(manager, kowalscy)
    press(manager, "Zaakceptuj")
    expect(manager.get_by_text("Teraz dobrze.")).to_be_visible()
    manager.get_by_role("button", name="Zaakceptuj plan").click()
    said(manager, "Zaakceptowano plan, wersja 1.")

    open_plan(hers, kowalscy)
    press(hers, "Odnotuj podpisy")
    danuta = hers.locator(".signer").filter(has_text="Danuta Kowalska")
    zofia = hers.locator(".signer").filter(has_text="Zofia Kowalska")
    danuta.get_by_role("radio", name="podpis", exact=True).check()
    expect(zofia.get_by_label("Powód odmowy")).to_be_hidden()
    zofia.get_by_role("radio", name="odmowa", exact=True).check()
    zofia.get_by_label("Powód odmowy").fill("Nie zgadza się na zeszyt wydatków.")
    hers.get_by_role("button", name="Zapisz podpisy").click()
    said(hers, "Plan obowiązuje od 13.10.2026.")
    row = hers.get_by_role("table", name="Podpisy pod planem").get_by_role("row")
    expect(row.filter(has_text="Zofia Kowalska")).to_contain_text(
        re.compile("odmowa.*zeszyt wydatków", re.DOTALL)
    )
    expect(hers.locator(".chain [aria-current]")).to_contain_text("od 13.10.2026")
    expect(hers).to_have_url(hers.base + plan_version_url(plan))
    assert reload_plan(plan).in_force_from
