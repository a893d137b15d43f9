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


@pytest.mark.parametrize("name", NAMES)
def test_template_compiles(name):
    get_template(name)


@pytest.mark.parametrize("name", [name for name in NAMES if not name.startswith("print/")])
def test_template_has_no_inline_script_or_style(name):
    text = re.sub(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", "", NAMES[name].read_text(), flags=re.S)
    inline = [
        found
        for found in re.findall(r"<script(?![^>]*\bsrc=)[^>]*>", text)
        if 'type="application/json"' not in found
    ]
    assert not inline
    assert not re.findall(
        r"<style|\sstyle=|\son(?:click|load|submit|change|input)=|javascript:|src=\"data:", text
    )


@pytest.mark.parametrize("name", NAMES)
def test_template_has_no_external_url(name):
    assert not re.findall(r"(?:href|src|action)=\"(?:https?:)?//", NAMES[name].read_text())


def test_recovery_codes_stand_one_to_a_line_without_spaces():
    """Whitespace shows inside a textarea: a copied code must not carry an indentation."""
    page = render_to_string(
        "mfa/recovery_codes/index.html", {"unused_codes": ["11aa22bb", "33cc44dd"], "can_view_codes": True}
    )
    assert ">11aa22bb&#10;33cc44dd</textarea>" in page
