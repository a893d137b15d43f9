"""Base of every form: Polish dates, plain sentences, an error summary, drafts shown without scolding."""

import re
from datetime import date

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Field, Fieldset, Layout
from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.template.loader import render_to_string

TOO_LONG = "Skróć ten tekst do %(limit_value)d znaków, teraz ma ich %(show_value)d."
EARLIEST, LATEST = date(1900, 1, 1), date(2100, 12, 31)
WRITTEN_AS_DAY = re.compile(r"\d{1,4}[.\-/ ]\d{1,2}[.\-/ ]\d{1,4}")
SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]"
)


def strip_invisible(data: QueryDict) -> QueryDict:
    """What was pasted, without what nobody sees: odd spaces become spaces, signs that turn the line vanish."""
    clean = data.copy()
    for name, values in data.lists():
        if "password" not in name:
            clean.setlist(name, [INVISIBLE.sub("", SPACES.sub(" ", value)) for value in values])
    return clean


class DayField(forms.DateField):
    """A day written the Polish way: 13.10.2026 (also 2026-10-13 and 13.10.26)."""

    widget = forms.DateInput(
        format="%d.%m.%Y", attrs={"inputmode": "numeric", "autocomplete": "off", "placeholder": "dd.mm.rrrr"}
    )
    default_error_messages = {
        "invalid": "Wpisz datę jako dzień.miesiąc.rok, np. 13.10.2026.",
        "required": "Wpisz datę.",
    }

    def __init__(self, **kwargs):
        kwargs.setdefault(
            "input_formats", ["%d.%m.%Y", "%Y-%m-%d", "%d.%m.%y", "%d-%m-%Y", "%d/%m/%Y", "%d %m %Y"]
        )
        super().__init__(**kwargs)

    def to_python(self, value):
        try:
            return super().to_python(value)
        except ValidationError:
            if WRITTEN_AS_DAY.fullmatch(str(value).strip()):
                raise ValidationError("Takiego dnia nie ma w kalendarzu. Sprawdź dzień i miesiąc.") from None
            raise

    def clean(self, value):
        day = super().clean(value)
        if day and not EARLIEST <= day <= LATEST:
            raise ValidationError("Sprawdź rok: data musi leżeć między 1900 a 2100 rokiem.")
        return day


class HourField(forms.TimeField):
    """An hour of the wall clock: 13:30 (also 13.30, 1330 and 13)."""

    widget = forms.TimeInput(
        format="%H:%M", attrs={"inputmode": "numeric", "autocomplete": "off", "placeholder": "gg:mm"}
    )
    default_error_messages = {
        "invalid": "Wpisz godzinę jako godzina:minuty, np. 13:30.",
        "required": "Wpisz godzinę.",
    }

    def __init__(self, **kwargs):
        kwargs.setdefault("input_formats", ["%H:%M", "%H.%M", "%H,%M", "%H %M", "%H:%M:%S"])
        super().__init__(**kwargs)

    def to_python(self, value):
        if isinstance(value, str) and value.strip().isdigit():
            digits = value.strip()
            value = f"{digits[:-2]}:{digits[-2:]}" if len(digits) > 2 else f"{digits}:00"
        return super().to_python(value)


class BaseForm(forms.Form):
    """A form of ours. ``failure`` begins the error summary ("Rodziny nie zapisano."), ``button`` names the deed.

    Rows (formsets) are named in ``row_sets``: name -> formset class; they are checked and shown with the form.
    """

    failure = "Nie zapisano."
    button = "Zapisz"
    row_sets: dict = {}
    default_renderer = None

    def __init__(self, data=None, *args, rows_initial=None, rows_kwargs=None, **kwargs):
        super().__init__(strip_invisible(data) if isinstance(data, QueryDict) else data, *args, **kwargs)
        self.rows = {
            name: formset(
                self.data if self.is_bound else None,
                prefix=name,
                initial=(rows_initial or {}).get(name),
                form_kwargs=(rows_kwargs or {}).get(name) or {},
            )
            for name, formset in self.row_sets.items()
        }
        set_default_error_messages(self)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(*self.layout())

    def layout(self) -> list:
        """Crispy layout of the form, top to bottom. Forms with parts override it."""
        return list(self.fields)

    @classmethod
    def from_draft(cls, content: dict, **kwargs):
        """The form as it was left: everything typed is there, nothing is scolded yet."""
        data = QueryDict(mutable=True)
        for name, values in content.items():
            data.setlist(name, values)
        form = cls(data, **kwargs)
        form.hush()
        return form

    def hush(self) -> None:
        """Show what was typed without checking it."""
        self._errors = ErrorDict()
        for formset in self.rows.values():
            formset._errors = [ErrorDict() for _ in formset.forms]
            formset._non_form_errors = formset.error_class()
            for row in formset.forms:
                row._errors = ErrorDict()

    def is_valid(self) -> bool:
        rows_valid = [formset.is_valid() for formset in self.rows.values()]
        return super().is_valid() and all(rows_valid)

    def take(self, error: ValidationError) -> None:
        """Put the sentences of a refused deed beside the fields they are about, the others on top."""
        by_field = error.error_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.error_list}
        for name, errors in by_field.items():
            self.add_error(name if name in self.fields else None, errors)

    def problems(self) -> list[tuple[str, str]]:
        """Every sentence with the id of the control it belongs to, in the order of the page."""
        found = collect_errors(self)
        for name, formset in self.rows.items():
            found += [(f"wiersze-{name}", sentence) for sentence in formset.non_form_errors()]
            for row in formset.forms:
                found += [] if is_deleted(row) else collect_errors(row)
        return found


def collect_errors(form: forms.BaseForm, *, only=None, without=()) -> list[tuple[str, str]]:
    """Pairs (id of the control, sentence) of one form; an empty id for a sentence about the whole.

    only, without: names of fields, for a form with something else between its fields.
    """
    found = [] if only else [("", str(sentence)) for sentence in form.non_field_errors()]
    for bound in form.visible_fields():
        if bound.name in without or (only and bound.name not in only):
            continue
        found += [(bound.id_for_label or f"{bound.auto_id}_0", str(sentence)) for sentence in bound.errors]
    return found


def is_deleted(row: forms.BaseForm) -> bool:
    """Whether the person took this row away; it stays in the page, hidden, until saving."""
    return bool(row.is_bound and row.data.get(row.add_prefix("DELETE")))


def init_added_row(formset: forms.BaseFormSet, which: str = "") -> None:
    """Make the row just added a new one, with its initial values: a row taken from what was sent has none.

    A formset may say in ``carried_to(number)`` what the row takes over from the rows before it, and in
    ``begun_with(which)`` what a row asked for by that name begins with.
    """
    number = len(formset.forms) - 1
    carried = formset.carried_to(number) if hasattr(formset, "carried_to") else None
    if which and hasattr(formset, "begun_with"):
        carried = formset.begun_with(which)
    row = formset.form(prefix=formset.add_prefix(number), initial=carried, **formset.get_form_kwargs(number))
    formset.add_fields(row, number)
    formset.forms[number] = row


def set_default_error_messages(form: forms.BaseForm) -> None:
    """Where a form gave no sentence of its own: name the empty field instead of the rule; say what is too long."""
    official = forms.Field.default_error_messages["required"]
    for name, field in form.fields.items():
        if field.error_messages.get("required") in (official, str(official)):
            label = field.label or form[name].label
            chosen = isinstance(field, forms.ChoiceField | forms.ModelChoiceField)
            field.error_messages["required"] = f"{'Wybierz' if chosen else 'Uzupełnij'}: {label}."
        if getattr(field, "max_length", None) and not field.widget.is_hidden:
            field.widget.attrs.pop("maxlength", None)  # it would cut the end of a pasted text off in silence
            field.error_messages.setdefault("max_length", TOO_LONG)


def form_section(title: str, *content, note: str = "") -> Fieldset:
    """A part of a form with a heading."""
    inner = [HTML(f'<p class="note">{note}</p>')] if note else []
    return Fieldset(title, *inner, *content, css_class="fsec")


def side_by_side(*names, kind: str = "two-wide") -> Div:
    """Fields in one row: ``two`` also on a phone, ``two-wide`` and ``three`` only from a tablet up."""
    return Div(*[Field(name) if isinstance(name, str) else name for name in names], css_class=f"row-f {kind}")


class TemplateLayout:
    """A part of a form drawn by a template of its own, which gets the form and what else is named."""

    def __init__(self, template: str, **context):
        self.template, self.context = template, context

    def render(self, form, context, **kwargs):
        return render_to_string(self.template, {"form": form, **self.context})
