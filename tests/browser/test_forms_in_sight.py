"""What one does in a form is in sight: the focus beside the bar of a phone, the order of Tab, what saving says."""

import pytest
from playwright.sync_api import expect

from families.people.actions import add_phone
from tests.browser.conftest import HANDSET, come_in
from tests.factories import TODAY
from tests.families.plans.editor import new_plan_url
from tests.families.visits.helpers import new_visit_url

# Gives the focus to each control in turn and names those that the bar covers, of a tall one its first line.
BEHIND_THE_BAR = """async () => {
  const bar = document.querySelector(".savebar"), covered = [];
  document.querySelectorAll("details").forEach((fold) => { fold.open = true; });
  const kinds = "main :is(a[href], button, input:not([type=hidden]), select, textarea, summary)";
  const controls = [...document.querySelectorAll(kinds)].filter((each) =>
    each.checkVisibility() && !bar.contains(each) && each.tabIndex >= 0);
  for (const each of controls) {
    each.focus();
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const { top, height } = each.getBoundingClientRect(), bottom = top + Math.min(height, 44);
    if (bottom > bar.getBoundingClientRect().top + 1) covered.push(`${bottom}: ${each.outerHTML.slice(0, 100)}`);
  }
  return [controls.length, covered];
}"""


@pytest.mark.parametrize("url", [new_visit_url, new_plan_url])
def test_the_bar_of_a_phone_covers_no_focus(another, anna, kowalscy, url, walked):
    page = another(**HANDSET, reduced_motion="reduce")  # the page does not glide while it is measured
    come_in(page, anna)
    page.goto(page.base + url(kowalscy))
    number, covered = page.evaluate(BEHIND_THE_BAR)
    walked(f"controls of a form on a phone, {url.__name__}", number, at_least=20)
    assert covered == []
    assert page.locator(".savebar").bounding_box()["height"] <= 64, "one line"


def test_the_form_comes_before_the_side_column(visit, anna, kowalscy):
    come_in(visit, anna)
    visit.goto(visit.base + new_visit_url(kowalscy))
    parts = "() => [...document.querySelectorAll('main :is(form, aside)')].map((each) => each.tagName)"
    order = visit.evaluate(parts)
    assert order == ["FORM", "ASIDE"]
    left, right = (visit.locator(f"main {name}").bounding_box()["x"] for name in ("form", "aside"))
    assert left < right


def test_the_message_stands_beside_what_was_saved(visit, maria, kowalscy):
    """At the card of the person, in sight and with the focus; without scripts it stays at the top of the window."""
    mother = kowalscy.memberships.get(person__first_name="Danuta").person
    phone = add_phone(family=kowalscy, person=mother, number="600 100 200", starts_on=TODAY, by=maria)
    come_in(visit, maria)
    visit.set_viewport_size({"width": 360, "height": 500})
    visit.goto(f"{visit.base}/rodziny/{kowalscy.pk}/telefony/{phone.pk}/popraw/")
    visit.get_by_label("Numer telefonu").fill("600 100 300")
    visit.get_by_role("button", name="Zapisz telefon").click()
    message = visit.locator(f"#osoba-{mother.pk}").get_by_role("status").filter(has_text="Poprawiono telefon")
    expect(message).to_be_in_viewport()
    expect(message).to_be_focused()
