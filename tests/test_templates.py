"""Templates: each is used and compiles; none has inline scripts or styles, which the CSP forbids."""

import re
from pathlib import Path

import allauth
import crispy_bootstrap5
import pytest
from django.template.loader import get_template, render_to_string

from lubsko_ops.core.own_apps import get_own_packages

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
NAMES = {str(path.relative_to(ROOT / "templates")): path for path in TEMPLATES}
LIBRARIES = [Path(library.__file__).parent / "templates" for library in (allauth, crispy_bootstrap5)]
# Loaded by Django by name.
DJANGO_TEMPLATES = {"400.html", "403.html", "403_csrf.html", "404.html", "429.html", "500.html", "503.html"}


def source_text() -> str:
    code = [path for app in get_own_packages() for path in (ROOT / app).rglob("*.py")]
    return "\n".join(path.read_text() for path in [*code, *TEMPLATES])


def overrides(name: str) -> bool:
    return any((library / name).exists() for library in LIBRARIES) or name.startswith(("django/", "allauth/"))


def test_every_template_is_used(walked):
    walked("templates", len(TEMPLATES), at_least=200)
    text = source_text()
    components = set(re.findall(r'component\(\s*"(\w+)"', text))
    unused = [
        name
        for name in NAMES
        if name not in DJANGO_TEMPLATES
        and not overrides(name)
        and f'"{name}"' not in text
        and f"'{name}'" not in text
        and not (name.startswith("components/") and Path(name).stem in components)
    ]
    assert not unused


def test_every_template_compiles():
    for name in NAMES:
        get_template(name)


def without_comments(text: str) -> str:
    return re.sub(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", "", text, flags=re.S)


def inline_scripts_and_styles(text: str) -> list[str]:
    """Scripts, styles, handlers and images in the markup itself, which the browser would drop."""
    scripts = re.findall(r"<script(?![^>]*\bsrc=)[^>]*>", text)
    return [found for found in scripts if 'type="application/json"' not in found] + re.findall(
        r"<style|\sstyle=|\son[a-z]+=|javascript:|data:image|src=\"data:", text
    )


def test_templates_have_no_inline_script_or_style():
    """The CSP forbids them. Print templates are not subject to it."""
    pages = {name: path for name, path in NAMES.items() if not name.startswith("print/")}
    inline = {
        name: inline_scripts_and_styles(without_comments(path.read_text())) for name, path in pages.items()
    }
    assert {name: found for name, found in inline.items() if found} == {}


@pytest.mark.parametrize(
    "markup", ["<script>", "<p style='x'>", "<a onclick='x'>", '<img src="data:image/png">', "<style>"]
)
def test_inline_markup_is_recognized(markup):
    assert inline_scripts_and_styles(markup)
    assert not inline_scripts_and_styles('<script src="x.js"></script><script type="application/json">')


def test_templates_have_no_external_url():
    external = r"(?:href|src|action)=\"(?:https?:)?//"
    assert [name for name, path in NAMES.items() if re.search(external, path.read_text())] == []


def test_recovery_codes_stand_one_to_a_line_without_spaces():
    """Whitespace shows inside a textarea: a copied code must not carry an indentation."""
    page = render_to_string(
        "mfa/recovery_codes/index.html", {"unused_codes": ["11aa22bb", "33cc44dd"], "can_view_codes": True}
    )
    assert ">11aa22bb&#10;33cc44dd</textarea>" in page


def test_citations_of_acts_stay_on_one_line_on_the_screen(walked):
    """Papers bind their spaces by themselves; on the screen the filter ``provision`` does."""
    screens = {name: path.read_text() for name, path in NAMES.items() if not name.startswith("print/")}
    cited = re.compile(r"\b[Aa]rt\. \d+(?! *[\w .]*\"\|provision)")
    bare = [name for name, text in screens.items() if cited.search(without_comments(text))]
    walked("templates with a citation", sum("|provision" in text for text in screens.values()), at_least=4)
    assert not bare
