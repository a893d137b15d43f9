"""What must be true of every page at 360 and at 1280, light and dark; the list of what is not."""

from axe_playwright_python.base import AXE_SCRIPT

from tests.browser.conftest import DESK, PHONE, scrolls_sideways

AXE = """axe.run({ resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } })
  .then((found) => found.violations)"""
# Folds and menus stand open while the page is measured: what is inside must fit and be touchable too.
MEASURE = """() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  all("details").forEach((fold) => { fold.open = true; });
  const seen = (e) => e.checkVisibility({ visibilityProperty: true }) && !e.closest(".visually-hidden, .skip");
  const name = (e) => `<${e.tagName.toLowerCase()} class="${e.getAttribute("class") || ""}"> ${
    (e.innerText || e.name || "").trim().slice(0, 40)}`;
  const faults = new Set();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const e = texts.currentNode.parentElement;
    if (!texts.currentNode.data.trim() || !seen(e)) continue;
    const size = parseFloat(getComputedStyle(e).fontSize);
    if (size < 16) faults.add(`text of ${size} px: ${name(e)}`);
  }
  for (const e of all("button, .btn, summary, select, textarea, input:not([type=hidden])").filter(seen)) {
    const box = (e.matches("[type=checkbox], [type=radio]") && e.closest("label") || e).getBoundingClientRect();
    if (Math.min(box.width, box.height) < 44) faults.add(`${box.width} × ${box.height} to touch: ${name(e)}`);
  }
  for (const e of all("a[href]").filter(seen)) {
    const height = Math.max(...[...e.getClientRects()].map((line) => line.height));
    if (height < 24) faults.add(`link of ${height} px: ${name(e)}`);
  }
  const bar = document.querySelector(".savebar");
  if (bar && bar.offsetHeight > 64) faults.add(`the bar of the form has more than one line: ${bar.offsetHeight} px`);
  if (document.documentElement.scrollWidth > document.documentElement.clientWidth) faults.add("sticks out");
  const headings = all("h1").length;
  if (headings !== 1) faults.add(`headings of the first level: ${headings}`);
  if (!document.title.endsWith(" – Lubsko OPS")) faults.add(`title: ${document.title}`);
  const stops = all("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]");
  if (!stops.find((e) => e.tabIndex >= 0).matches(".skip")) faults.add("Tab does not begin at the skip link");
  if (stops.some((e) => e.tabIndex > 0)) faults.add("an order of Tab of its own");
  all("details.menu").forEach((menu) => { menu.open = false; });
  if (bar) bar.style.position = "static";  // what it covers just now comes out by scrolling
  return [...faults];
}"""


def wrong_with(page) -> list[str]:
    """Measure the page at 360 light and at 1280 dark. Empty when all is well."""
    page.wait_for_load_state()  # before all style sheets have come, things stand elsewhere
    page.set_viewport_size(PHONE)
    page.evaluate(AXE_SCRIPT)
    faults = [f"360: {fault}" for fault in page.evaluate(MEASURE)]
    faults += [f"360 light: {fault}" for fault in _axe(page)]
    page.set_viewport_size(DESK)
    if scrolls_sideways(page):
        faults.append("1280: sticks out")
    page.evaluate("document.documentElement.dataset.bsTheme = 'dark'")
    faults += [f"1280 dark: {fault}" for fault in _axe(page)]
    return [f"{page.url}: {fault}" for fault in faults]


def _axe(page) -> list[str]:
    return [f"{each['id']}: {node['html'][:120]}" for each in page.evaluate(AXE) for node in each["nodes"]]
