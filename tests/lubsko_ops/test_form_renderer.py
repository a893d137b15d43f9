"""Controls drawn by functions: the same HTML as Django's templates, escaped."""

from datetime import date, time

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms.renderers import DjangoTemplates
from django.urls import get_resolver
from django.utils.html import escape, format_html, strip_spaces_between_tags

from lubsko_ops.core.field_markup import draw_field
from lubsko_ops.core.form_renderer import CONTROLS, FormRenderer
from lubsko_ops.core.forms import BaseForm, DayField, HourField
from lubsko_ops.core.own_apps import get_own_packages

EVIL = """<b onclick="x('y')">&amp;</b>"""
CHOICES = [("", "wybierz"), ("a", "Ala & kot"), ("b", EVIL), ("grupa <1>", [(1, 1), (2, "dwa")])]
CHECKED = [("a", "Ala"), ("b", EVIL), (3, "trzy")]
ATTRS = {"class": 'wide "x"', "data-flag": True, "data-none": False, "rows": 3, "aria-label": EVIL}


class KeptFile:
    """A file stored earlier."""

    url = "/plik?a=1&b=2"

    def __str__(self):
        return EVIL


VALUES = [
    (forms.TextInput, ["", None, "Ala", EVIL, 12, 1.5, format_html("<i>{}</i>", "&")]),
    (forms.NumberInput, [None, 3]),
    (forms.EmailInput, ["a@b.pl"]),
    (forms.URLInput, ["https://a.pl/?x=1&y=2"]),
    (forms.PasswordInput, ["tajne", None]),
    (forms.HiddenInput, ["x", None, EVIL]),
    (forms.MultipleHiddenInput, [["a", EVIL], []]),
    (forms.FileInput, [None]),
    (forms.ClearableFileInput, [None, KeptFile()]),
    (forms.Textarea, ["", None, "dwa\nwiersze", "\npusty na początku", EVIL]),
    (forms.DateInput, [date(2026, 11, 30), "31.02.2026", None]),
    (forms.TimeInput, [time(9, 30), None]),
    (forms.DateTimeInput, [None, "30.11.2026 10:00"]),
    (forms.SplitDateTimeWidget, [None]),
    (forms.CheckboxInput, [True, False, None, "on"]),
]
CHOICE_VALUES = [
    (forms.Select, CHOICES, ["", None, "a", "b", 2, "nieznana"]),
    (forms.SelectMultiple, CHOICES, [[], ["a", "2"]]),
    (forms.NullBooleanSelect, None, [None, True, False]),
    (forms.RadioSelect, CHECKED, ["a", None, "3"]),
    (forms.CheckboxSelectMultiple, CHECKED, [[], ["a", "b"]]),
]


def controls():
    """Pairs (widget, value): every widget with and without further attributes."""
    for attrs in ({}, ATTRS, {"disabled": True, "required": True}):
        for widget, values in VALUES:
            yield from ((widget(attrs=attrs), value) for value in values)
        for widget, choices, values in CHOICE_VALUES:
            options = {"attrs": attrs} | ({"choices": choices} if choices else {})
            yield from ((widget(**options), value) for value in values)


def squeezed(html: str) -> str:
    """HTML without the white space between tags."""
    return strip_spaces_between_tags(str(html)).strip()


def test_controls_are_those_of_the_templates(walked):
    pairs = list(controls())
    walked("controls drawn twice", len(pairs), at_least=150)
    for widget, value in pairs:
        ours, theirs = (
            widget.render("pole", value, {"id": EVIL}, renderer=renderer)
            for renderer in (FormRenderer(), DjangoTemplates())
        )
        assert squeezed(ours) == squeezed(theirs), type(widget)


def test_every_control_of_the_forms_is_drawn_by_a_function(walked):
    """Those of radios and checkboxes are drawn with their field (field_markup)."""
    get_resolver().url_patterns  # noqa: B018  (imports every view, and with it every form)
    with_field = (forms.RadioSelect, forms.CheckboxSelectMultiple, forms.MultipleHiddenInput)
    used = {
        type(field.widget)
        for form in all_forms(forms.BaseForm)
        if form.__module__.partition(".")[0] in get_own_packages()
        for field in getattr(form, "base_fields", {}).values()
    }
    walked("kinds of controls", len(used), at_least=6)
    assert not [
        kind for kind in used if kind.template_name not in CONTROLS and not issubclass(kind, with_field)
    ]


def all_forms(kind):
    for each in kind.__subclasses__():
        yield each
        yield from all_forms(each)


# ---- the markup of a field -------------------------------------------------------------------------
class WideForm(BaseForm):
    name = forms.CharField(label=EVIL, help_text=format_html("Imię <b>{}</b>", "&"))
    note = forms.CharField(label="Uwaga", required=False, widget=forms.Textarea(attrs={"class": "tall"}))
    day = DayField(label="Dzień", disabled=True)
    hour = HourField(label="Godzina", required=False)
    file = forms.FileField(label="Plik", required=False)
    kind = forms.ChoiceField(label="Rodzaj", choices=CHOICES)
    sure = forms.BooleanField(label="Na pewno", help_text="Zaznacz.")
    held = forms.ChoiceField(label="Wynik", choices=CHECKED, widget=forms.RadioSelect)
    many = forms.MultipleChoiceField(
        label="Kto", choices=CHECKED, widget=forms.CheckboxSelectMultiple, help_text="Kilka."
    )
    key = forms.CharField(widget=forms.HiddenInput, initial=EVIL)


def drawn(name: str, form=None, **options) -> str:
    return squeezed(draw_field(form[name] if form else WideForm()[name], **options))


def test_a_text_with_hint_and_error():
    form = WideForm({})
    assert drawn("name", form) == squeezed(
        f"""<div id="div_id_name" class="field field-bad">
        <label class="form-label" for="id_name">{escape(EVIL)}</label>
        <div class="hint" id="id_name_helptext">Imię <b>&amp;</b></div>
        <div id="id_name_error">
        <p class="error"><svg class="i" aria-hidden="true" focusable="false">
        <use href="#i-exclamation-triangle-fill"/></svg>Uzupełnij: {escape(EVIL)}.</p>
        </div>
        {form["name"].as_widget(attrs={"class": "form-control"})}</div>"""
    )


def test_an_optional_text_with_a_wrapper_and_a_hidden_label():
    assert drawn("note", wrapper_class="if-x", show_label=False) == squeezed(
        """<div id="div_id_note" class="field if-x">
        <label class="form-label visually-hidden" for="id_note">Uwaga <span class="opt">(nieobowiązkowe)</span></label>
        <textarea name="note" cols="40" rows="10" class="form-control tall" id="id_note">\n</textarea></div>"""
    )


@pytest.mark.parametrize(
    ("name", "piece"),
    [
        (
            "day",
            'inputmode="numeric" autocomplete="off" placeholder="dd.mm.rrrr" data-day="near" class="form-control"',
        ),
        ("day", " disabled "),
        ("hour", 'placeholder="gg:mm" data-hour="" class="form-control"'),
        ("file", '<input type="file" name="file" class="form-control" id="id_file">'),
        ("kind", '<select name="kind" class="form-select"'),
        ("kind", '<optgroup label="grupa &lt;1&gt;"><option value="1">1</option>'),
        (
            "sure",
            '<label class="check" for="id_sure"><input type="checkbox" name="sure" class="form-check-input"',
        ),
        ("sure", '<span>Na pewno</span></label><div class="hint" id="id_sure_helptext">Zaznacz.</div>'),
        ("held", '<fieldset id="id_held" class="field"><legend>Wynik</legend><label class="check">'),
        ("many", 'class="field" aria-describedby="id_many_helptext"><legend>Kto</legend><div class="hint"'),
        ("many", "<span>&lt;b onclick=&quot;x(&#x27;y&#x27;)&quot;&gt;&amp;amp;&lt;/b&gt;</span>"),
    ],
)
def test_pieces_of_the_markup(name, piece):
    assert piece in drawn(name)


def test_a_hidden_field_has_no_markup():
    html = drawn("key")
    assert html.startswith('<input type="hidden" name="key" value="&lt;b onclick')
    assert "class=" not in html


def test_entered_values_come_back_escaped():
    data = {"name": EVIL, "kind": EVIL, "held": EVIL, "many": [EVIL], "key": EVIL, "note": EVIL}
    form = WideForm(data, {"file": SimpleUploadedFile(EVIL, b"x")})
    form.is_valid()
    assert "onclick=\"x('y')\"" not in "".join(draw_field(bound) for bound in form)
