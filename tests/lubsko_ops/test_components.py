"""Template components, forms and error pages: visible and accessible output."""

import base64
import hashlib
import re
from datetime import date
from html.parser import HTMLParser

import pytest
from django import forms
from django.conf import settings
from django.template import Context, Template
from django.template.loader import render_to_string

from lubsko_ops.core.templatetags.form_ui import list_errors
from lubsko_ops.core.templatetags.ui import STATUS_ICONS
from lubsko_ops.gallery import SampleForm
from tests.page import Page

TODAY = date(2026, 10, 13)
TEMPLATES = settings.BASE_DIR / "templates"


def compact(html: str) -> str:
    """HTML with plain spaces and none beside tags."""
    return re.sub(r" ?(<[^>]*>) ?", r"\1", " ".join(html.replace("\u00a0", " ").split()))


def render(source: str, **context) -> str:
    """The rendered template with normalized spaces."""
    return compact(Template(source).render(Context({"today": TODAY, **context})))


class PageParser(HTMLParser):
    """Tags of a page with their attributes."""

    def __init__(self, html: str):
        super().__init__()
        self.tags: list[tuple[str, dict]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def all(self, name: str) -> list[str]:
        """Values of an attribute, in the order of the page."""
        return [attrs[name] for _, attrs in self.tags if name in attrs]


# ---- a deadline ------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("day", "kind", "words"),
    [
        (date(2026, 10, 8), "due due-late", "po terminie 5 dni"),
        (date(2026, 10, 13), "due due-soon", "dziś"),
        (date(2026, 10, 20), "due due-soon", "za 7 dni"),
        (date(2026, 10, 21), "due", "za 8 dni"),
    ],
)
def test_deadline_shows_its_distance_and_marks_late_and_near_ones(day, kind, words):
    html = render("{% due day %}", day=day)
    assert f'class="{kind}"' in html
    assert f"<span>{words}</span>" in html
    assert f'<time datetime="{day}">{day:%d.%m.%Y}</time>' in html


def test_deadline_may_set_when_it_counts_as_near():
    assert "due-soon" in render("{% due day soon=30 %}", day=date(2026, 10, 31))
    assert "due-soon" not in render("{% due day %}", day=date(2026, 10, 31))


def test_missing_deadline_has_a_text():
    html = render('{% due day label="plan" none="bez planu" %}', day=None)
    assert "plan:<span>bez planu</span>" in html
    assert "<time" not in html


def test_deadline_status_in_one_line():
    html = render('{% deadline_status "ocena" day %}', day=date(2026, 10, 8))
    assert "st-late" in html
    assert "ocena, po terminie 5 dni" in html


# ---- words come out as they went in ------------------------------------------------------------------
@pytest.mark.parametrize(
    "source",
    [
        "{% tag x %}",
        "{% status x kind='late' %}",
        "{% count_line x note=x %}",
        "{% notice title=x text=x %}{% endnotice %}",
        "{% empty_state title=x %}{% endempty_state %}",
        "{% identity name=x number=x %}{% endidentity %}",
        "{% fact term=x %}{{ x }}{% endfact %}",
        "{% due None label=x none=x %}",
        "{% table caption=x css=x %}{% column x css=x %}{% rows %}{% endtable %}",
    ],
)
def test_arguments_are_escaped(source):
    html = render(source, x='<b onclick="1">Ćma</b>')
    assert "<b onclick" not in html
    assert "&lt;b onclick" in html


def test_every_icon_in_use_is_in_the_sprite(walked):
    sprite = set(re.findall(r'symbol id="i-([a-z-]+)"', (TEMPLATES / "components/sprite.html").read_text()))
    used = set(STATUS_ICONS.values())
    for path in TEMPLATES.rglob("*.html"):
        used |= set(re.findall(r'{% icon "([a-z-]+)" %}', path.read_text()))
    for path in (settings.BASE_DIR / "static/js").glob("*.js"):
        used |= set(re.findall(r'"i-([a-z-]+)"', path.read_text()))
    assert used <= sprite
    walked("icons in use", len(used), at_least=10)


# ---- lists -------------------------------------------------------------------------------------------
def test_missing_fact_links_to_its_form():
    facts = [
        {"term": "Telefon", "value": "", "url": "/t/", "fill": "dopisz numer"},
        {"term": "Dzieci", "value": 0},
    ]
    html = render("{% facts facts %}", facts=facts)
    assert '<a class="act" href="/t/">dopisz numer</a>' in html
    assert "<dt>Dzieci</dt><dd>0</dd>" in html


def test_a_single_page_has_no_pager():
    assert render("{% pager %}") == ""
    assert "Następna strona" in render("{% pager next='/?po=3' %}")


def test_sorted_column_has_aria_sort():
    by_day = {"url": "?sort=termin", "order": "descending"}
    assert 'aria-sort="descending"' in render("{% column 'Termin' sort=sort %}", sort=by_day)
    assert "aria-sort" not in render("{% column 'Termin' sort=sort %}", sort=by_day | {"order": ""})


def test_table_has_its_totals_only_when_given():
    source = "{% table caption='Rodziny' %}{% column 'Kto' %}{% rows %}<tr><td>a</td></tr>"
    html = render(source + "{% totals %}<tr><td>razem</td></tr>{% endtable %}")
    assert html.index("<thead") < html.index("<tbody") < html.index("a</td>") < html.index("<tfoot")
    assert "tfoot" not in render(source + "{% endtable %}")


def test_header_of_a_column_only_for_screen_readers():
    head = render("{% column 'Kto' %}{% column 'Czynności' hidden=True %}")
    assert head.count('scope="col"') == 2
    assert '<span class="visually-hidden">Czynności</span>' in head
    assert "visually-hidden" not in head.partition("Kto")[0]


def test_done_tasks_and_tasks_with_deadlines():
    items = [{"name": "Ocena", "due": date(2026, 10, 8)}, {"name": "Zgody", "done": "zrobione 15.04.2024"}]
    to_do, done = render("{% tasks items %}", items=items).split("</li>")[:2]
    assert "po terminie 5 dni" in to_do
    assert 'class="is-done"' in done
    assert "zrobione 15.04.2024" in done


# ---- forms -------------------------------------------------------------------------------------------
class PersonForm(forms.Form):
    """A form that is not one of ours, like those of the login library."""

    name = forms.CharField(
        label="Name", help_text="Jak w dowodzie.", widget=forms.TextInput({"placeholder": "Name"})
    )
    nick = forms.CharField(label="Przydomek", required=False)
    consent = forms.ChoiceField(label="Zgoda", choices=[("t", "tak"), ("n", "nie")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(label="Uwzględniłam", required=False)


def test_optional_fields_are_marked_and_required_ones_are_not():
    form = PersonForm()
    assert "(nieobowiązkowe)" in render("{% field f %}", f=form["nick"])
    assert "(nieobowiązkowe)" not in render("{% field f %}", f=form["name"])
    assert "(nieobowiązkowe)" not in render("{% field f %}", f=form["agreed"])


def test_a_form_may_omit_the_optional_mark():
    form = PersonForm()
    form.mark_optional = False
    assert "(nieobowiązkowe)" not in render("{% field f %}", f=form["nick"])


def test_library_field_gets_custom_label_and_no_placeholder():
    html = render('{% field f label="Imię" hint="" autocomplete="given-name" %}', f=PersonForm()["name"])
    assert '<label class="form-label" for="id_name">Imię</label>' in html
    assert "placeholder" not in html
    assert "Jak w dowodzie" not in html
    assert 'autocomplete="given-name"' in html


def test_invalid_field_is_described_by_hint_and_error():
    page = PageParser(render("{% field f %}", f=PersonForm({})["name"]))
    control = next(attrs for tag, attrs in page.tags if tag == "input")
    assert control["aria-invalid"] == "true"
    assert set(control["aria-describedby"].split()) <= set(page.all("id"))
    assert len(control["aria-describedby"].split()) == 2
    assert "field-bad" in page.all("class")[0]


def test_a_group_of_choices_has_a_legend_and_its_error():
    page = PageParser(render("{% field f %}", f=PersonForm({})["consent"]))
    fieldset = next(attrs for tag, attrs in page.tags if tag == "fieldset")
    assert fieldset["aria-describedby"] in page.all("id")
    assert "seg" in page.all("class")


def test_error_summary_counts_places_and_links_to_fields():
    html = render('{% error_summary f heading="Rodziny nie zapisano." %}', f=PersonForm({}))
    assert "Rodziny nie zapisano. Popraw 2 miejsca." in html
    page = PageParser(html + render("{% field f.name %}{% field f.consent %}", f=PersonForm({})))
    targets = [href.removeprefix("#") for href in page.all("href") if href.startswith("#id_")]
    assert targets == ["id_name", "id_consent_0"]
    assert set(targets) <= set(page.all("id"))


def test_a_form_without_errors_has_no_summary():
    assert render("{% error_summary f None %}", f=PersonForm()) == ""


def test_error_summary_includes_form_and_row_errors():
    form = PersonForm({"name": "Ćma", "consent": "t"})
    form.add_error(None, "Taka rodzina już jest.")
    rows = forms.formset_factory(PersonForm, can_delete=True)(
        {
            "form-TOTAL_FORMS": "2",
            "form-INITIAL_FORMS": "0",
            "form-0-nick": "x",
            "form-1-DELETE": "on",
            "form-1-nick": "y",
        }
    )
    assert list_errors(form) == [("", "Taka rodzina już jest.")]
    assert [target for target, _ in list_errors(rows)] == ["id_form-0-name", "id_form-0-consent_0"]


def test_choice_variant_follows_data_look():
    form = SampleForm()
    assert 'class="chips"' in render("{% field f %}", f=form["areas"])
    tiles = render("{% field f %}", f=form["present"])
    assert "<b>Kacper</b><span>syn, 9 lat</span>" in tiles
    assert tiles.count('class="tile"') == 3
    assert render("{% field f %}", f=form["reason"]).count('class="check"') == 3


def test_other_choice_groups_are_collapsed():
    html = render("{% field f %}", f=SampleForm()["areas"])
    likely, folded = html.split("<details")
    assert "Mieszkanie" in likely
    assert "Zdrowie" in folded


def test_deleted_row_is_hidden_until_saving():
    data = {
        "day": "",
        "ustalenia-TOTAL_FORMS": "2",
        "ustalenia-INITIAL_FORMS": "0",
        "ustalenia-0-DELETE": "on",
    }
    form = SampleForm(data)
    html = render('{% include "components/rows.html" with formset=rows %}', rows=form.formsets["ustalenia"])
    first, second, template = html.split("<li data-row")[1:]
    assert first.startswith(" hidden")
    assert 'name="ustalenia-0-DELETE" value="on"' in first
    assert not second.startswith(" hidden")
    assert 'name="ustalenia-__prefix__-what"' in template


def test_rows_can_be_added_and_removed_without_javascript():
    html = render(
        '{% include "components/rows.html" with formset=rows %}', rows=SampleForm().formsets["ustalenia"]
    )
    assert 'type="submit" name="_add" value="ustalenia"' in html
    assert 'type="submit" name="_remove" value="ustalenia-__prefix__"' in html


def test_draft_button_works_without_javascript_and_is_not_the_default():
    html = render('{% savebar label="Zapisz rodzinę" saved_at="14:36" %}')
    assert "Szkic zapisany 14:36" in Page(html).text
    assert html.index("Zapisz rodzinę") < html.index('name="_draft"')


def test_the_draft_status_is_empty_until_there_is_one():
    """app.css hides it when it is :empty, which a space would prevent: the buttons would move aside on a phone."""
    html = Template('{% savebar label="Zapisz" %}').render(Context())
    assert re.search(r'id="stan-szkicu">(.*?)</p>', html, re.S)[1] == ""


# ---- pages -------------------------------------------------------------------------------------------
NAV = [{"label": f"Zakładka {n}", "url": f"/{n}/", "current": n == 5} for n in range(1, 7)]


def test_phone_navigation_shows_three_tabs_and_more(rf, anna):
    html = render_to_string("components/top.html", {"nav": NAV, "user": anna}, rf.get("/"))
    more = html.partition("<details")[2].partition("</details>")[0]
    assert re.findall(r"Zakładka \d", more) == ["Zakładka 4", "Zakładka 5", "Zakładka 6"]
    assert '<summary class="nav-a" aria-current="true">' in html


def test_four_tabs_have_no_more_menu(rf, anna):
    assert "Więcej" not in render_to_string(
        "components/top.html", {"nav": NAV[:4], "user": anna}, rf.get("/")
    )


def test_anonymous_users_see_no_navigation_or_search(client, db):
    html = client.get("/konto/logowanie/").content.decode()
    assert "szukaj" not in html.lower()
    assert "Wyloguj" not in html


def test_login_page_explains_forgotten_passwords(client, db):
    html = client.get("/konto/logowanie/").content.decode()
    assert "Administrator albo kierownik da Ci kartę" in html
    assert 'autocomplete="current-password"' in html


def test_login_error_is_announced(client, db):
    html = compact(client.post("/konto/logowanie/", {"login": "nikt", "password": "zle"}).content.decode())
    assert "<title>Błąd: Logowanie" in html
    assert 'role="alert"' in html


def test_qr_code_is_inline_svg(client, anna):
    client.force_login(anna)
    again = client.get("/konto/drugi-skladnik/aplikacja/wlacz/", follow=True)
    page = client.post(
        again.redirect_chain[-1][0], {"password": "Lubsko-demo-2026"}, follow=True
    ).content.decode()
    assert '<div class="qr" role="img"' in page
    assert "<path" in page.partition('class="qr"')[2].partition("</div>")[0]
    assert "data:image" not in page


@pytest.mark.parametrize(
    "name", ["403.html", "403_csrf.html", "404.html", "429.html", "500.html", "503.html"]
)
def test_error_pages_need_no_context_and_no_database(name):
    html = compact(render_to_string(name, {}))
    assert re.search(r"<title>Błąd: [a-z ]+", html)
    assert 'href="/"' in html


@pytest.mark.parametrize(
    ("name", "words"), [("403.html", "o jej"), ("500.html", "i o której"), ("503.html", "i wyślij")]
)
def test_a_one_letter_word_stays_on_the_line_of_the_next(name, words):
    assert words.replace(" ", "&nbsp;") in render_to_string(name, {"fields": [("a", "b")]})


def test_unavailable_page_can_resubmit_the_form():
    kept = [("_key", "k"), ("note", 'Powiedziała: "nie"\ni wyszła'), ("who", "a"), ("who", "b")]
    html = render_to_string("503.html", {"fields": kept, "action": "/rodziny/nowa/", "csrf_token": "tajne"})
    fields = [(a["name"], a["value"]) for tag, a in PageParser(html).tags if tag == "input"]
    assert fields == [("csrfmiddlewaretoken", "tajne"), *kept]
    assert 'action="/rodziny/nowa/"' in html


def test_rate_limit_page_says_how_long_to_wait():
    assert "za 2 minuty" in render_to_string("429.html", {"minutes": 2}).replace("\u00a0", " ")
    assert "za kilka minut" in render_to_string("429.html", {}).replace("\u00a0", " ")


def test_the_gallery_shows_every_component_once(client, db):
    page = PageParser(client.get("/galeria/").content.decode())
    ids = [value for value in page.all("id") if "__prefix__" not in value]
    assert len(ids) == len(set(ids))
    described = {
        one for value in page.all("aria-describedby") + page.all("aria-labelledby") for one in value.split()
    }
    assert {one for one in described if "__prefix__" not in one} <= set(ids)


def test_gallery_exists_only_in_demo(client, db, settings):
    settings.DEMO = False
    assert client.get("/galeria/").status_code == 404


# ---- the house ---------------------------------------------------------------------------------------
def test_vendored_files_match_their_checksums():
    vendor = settings.BASE_DIR / "static/vendor"
    for name, digest in re.findall(
        r"`([\w.-]+\.css)` \| `([\w+/=]{64})`", (vendor / "README.md").read_text()
    ):
        assert base64.b64encode(hashlib.sha384((vendor / name).read_bytes()).digest()).decode() == digest
