"""Bases of every form: Polish dates and hours, formsets, error messages, an error summary; forms of a model."""

import re
from datetime import date
from functools import cached_property

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.html import strip_tags

from lubsko_ops.core import clock
from lubsko_ops.core.form_layout import FormLayout
from lubsko_ops.core.parsing import DayKind, parse_day, parse_hour

CHOICE_GONE = "Tego już nie można wybrać. Otwórz stronę jeszcze raz i wybierz z listy."
TOO_LONG = "Skróć ten tekst do %(limit_value)d znaków, teraz ma ich %(show_value)d."
EARLIEST, LATEST = date(1900, 1, 1), date(2100, 12, 31)
SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]"
)


# Line and page breaks of word processors. A browser sends line ends of its own as "\r\n".
LINE_BREAKS = re.compile("\r(?!\n)|[\u000b\u000c\u0085\u2028\u2029]")


def clean_text(value: str) -> str:
    """The text with every line break a new line, every kind of space plain, and without invisible characters."""
    return INVISIBLE.sub("", SPACES.sub(" ", LINE_BREAKS.sub("\n", value)))


def strip_invisible(data: QueryDict) -> QueryDict:
    """Form data cleaned by ``clean_text``, except passwords."""
    clean = data.copy()
    for name, values in data.lists():
        if "password" not in name:
            clean.setlist(name, [clean_text(value) for value in values])
    return clean


def join_lines(form: forms.BaseForm, data: QueryDict) -> None:
    """Put what was typed into the single-line inputs of the form on one line; ``data`` is a copy and is changed."""
    for name, field in form.fields.items():
        typed = str(data.get(form.add_prefix(name), ""))
        if isinstance(field.widget, forms.TextInput) and "\n" in typed:
            data[form.add_prefix(name)] = " ".join(typed.split())


class DayField(forms.DateField):
    """A date as people write it: 13.10.2026, 131026, 13 października. Without a year: the nearest such day."""

    kind = DayKind.NEAR
    widget = forms.DateInput(
        format="%d.%m.%Y", attrs={"inputmode": "numeric", "autocomplete": "off", "placeholder": "dd.mm.rrrr"}
    )
    default_error_messages = {
        "invalid": "Wpisz datę jako dzień.miesiąc.rok, np. 13.10.2026. Wystarczą same cyfry: 13102026.",
        "required": "Wpisz datę.",
        "impossible": "Takiego dnia nie ma w kalendarzu. Sprawdź dzień i miesiąc.",
    }

    def widget_attrs(self, widget):
        return {"data-day": self.kind.value}

    def to_python(self, value):
        if not isinstance(value, str) or not value.strip():
            return super().to_python(value)
        try:
            day = parse_day(value, today=clock.today(), kind=self.kind)
        except ValueError:
            raise ValidationError(self.error_messages["impossible"], code="impossible") from None
        if day is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return day

    def bound_data(self, data, initial):
        return understood(self, super().bound_data(data, initial))

    def validate(self, value):
        super().validate(value)
        if value and not EARLIEST <= value <= LATEST:
            raise ValidationError("Sprawdź rok: data musi leżeć między 1900 a 2100 rokiem.")


class PastDayField(DayField):
    """The date of what has happened. Without a year: today or the nearest day before."""

    kind = DayKind.PAST


class PlannedDayField(DayField):
    """The date of what is arranged. Without a year: today or the nearest day after, or a day just passed."""

    kind = DayKind.PLANNED


class HourField(forms.TimeField):
    """A local time: 13:30, 1330, 13.30, 13."""

    widget = forms.TimeInput(
        format="%H:%M",
        attrs={"inputmode": "numeric", "autocomplete": "off", "placeholder": "gg:mm", "data-hour": ""},
    )
    default_error_messages = {
        "invalid": "Wpisz godzinę jako godzina:minuty, np. 13:30. Wystarczą same cyfry: 1330.",
        "required": "Wpisz godzinę.",
        "impossible": "Takiej godziny nie ma na zegarze. Sprawdź godzinę i minuty.",
    }

    def to_python(self, value):
        if not isinstance(value, str) or not value.strip():
            return super().to_python(value)
        try:
            hour = parse_hour(value)
        except ValueError:
            raise ValidationError(self.error_messages["impossible"], code="impossible") from None
        if hour is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return hour

    def bound_data(self, data, initial):
        return understood(self, super().bound_data(data, initial))


class WholeNumberField(forms.IntegerField):
    """A whole number, typed on the keypad of digits."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})


class AmountField(forms.DecimalField):
    """A number with a decimal comma."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def __init__(self, **kwargs):
        super().__init__(**{"localize": True} | kwargs)


def understood(field: forms.Field, typed):
    """What the field understood, to be shown instead of what was typed; a text it refuses stays as typed."""
    try:
        return field.to_python(typed) or typed
    except ValidationError:
        return typed


class BaseForm(forms.Form):
    """Base of all forms.

    ``error_title`` begins the error summary ("Rodziny nie zapisano."), ``submit_label`` is the text of the button.
    ``formset_classes`` (name -> formset class) become ``formsets``, validated and rendered with the form; the summary
    calls their rows ``row_name``, that of the formset if it has one, and a number, and has the errors of
    ``fields_below_rows`` after theirs.
    """

    error_title = "Nie zapisano."
    submit_label = "Zapisz"
    formset_classes: dict = {}
    row_name = "Wiersz"
    fields_below_rows: tuple[str, ...] = ()
    default_renderer = None

    def __init__(self, data=None, files=None, *args, formset_initial=None, formset_kwargs=None, **kwargs):
        data = strip_invisible(data) if isinstance(data, QueryDict) else data
        super().__init__(data, files, *args, **kwargs)
        if isinstance(data, QueryDict):
            join_lines(self, data)
        self.formsets = {
            name: formset(
                self.data if self.is_bound else None,
                self.files if self.is_bound else None,
                prefix=name,
                initial=(formset_initial or {}).get(name),
                form_kwargs=(formset_kwargs or {}).get(name) or {},
            )
            for name, formset in self.formset_classes.items()
        }
        set_default_error_messages(self)

    @cached_property
    def helper(self) -> FormHelper:
        """The crispy helper with the layout, built for a form that is shown: most sent ones are saved and are not."""
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        helper.layout = FormLayout(*self.layout())
        return helper

    def layout(self) -> list:
        """Crispy layout of the form, top to bottom; forms with sections override it."""
        return list(self.fields)

    @classmethod
    def from_content(cls, content: dict, **kwargs):
        """The form filled with stored content, e.g. of a draft, without any errors."""
        data = QueryDict(mutable=True)
        for name, values in content.items():
            data.setlist(name, values)
        form = cls(**kwargs | {"data": data})
        form.clear_errors()
        return form

    def clear_errors(self) -> None:
        """Mark the form as validated without errors."""
        self._errors = ErrorDict()
        for formset in self.formsets.values():
            formset._errors = [ErrorDict() for _ in formset.forms]
            formset._non_form_errors = formset.error_class()
            for row in formset.forms:
                row._errors = ErrorDict()

    def full_clean(self) -> None:
        """The rows first: ``clean`` may read them, for every reader of the errors."""
        if self.is_bound:
            for formset in self.formsets.values():
                formset.is_valid()
        super().full_clean()

    def is_valid(self) -> bool:
        rows_valid = [formset.is_valid() for formset in self.formsets.values()]
        return super().is_valid() and all(rows_valid)

    def add_action_errors(self, error: ValidationError) -> None:
        """Add the errors an action raised to the fields they name, the others to the form."""
        for name, errors in errors_by_field(error).items():
            self.add_error(name if name in self.fields else None, errors)

    def add_rule_errors(self, error: ValidationError) -> None:
        """Add errors of rules to the fields without one and to the form, none of them twice."""
        for name, errors in errors_by_field(error).items():
            if name not in self.fields:
                present = self.non_field_errors()
                self.add_error(None, [each for each in errors if each.messages[0] not in present])
            elif name not in self.errors:
                self.add_error(name, errors)

    def error_summary(self) -> list[tuple[str, str]]:
        """All errors as pairs (id of the control, sentence with the names of the row and the field), as on the page."""
        if not self.is_bound:
            return []
        errors = collect_errors(self, without=self.fields_below_rows)
        for name, formset in self.formsets.items():
            errors += [(f"wiersze-{name}", message) for message in formset.non_form_errors()]
            row_name = getattr(formset, "row_name", self.row_name)
            rows = formset.sorted_forms if hasattr(formset, "sorted_forms") else formset.forms
            for number, row in enumerate((row for row in rows if not is_deleted(row)), start=1):
                errors += [
                    (target or first_control(row), f"{row_name} {number}: {sentence}")
                    for target, sentence in collect_errors(row)
                ]
        if self.fields_below_rows:
            errors += collect_errors(self, only=self.fields_below_rows)
        return list(dict.fromkeys(errors))


class ModelFormMeta:
    """Base of the ``Meta`` of every model form: days, hours and numbers in Polish notation, each with its keypad."""

    form_classes = {
        models.DateField: DayField,
        models.TimeField: HourField,
        models.DecimalField: AmountField,
        models.PositiveSmallIntegerField: WholeNumberField,
        models.PositiveIntegerField: WholeNumberField,
        models.SmallIntegerField: WholeNumberField,
        models.IntegerField: WholeNumberField,
    }

    @staticmethod
    def formfield_callback(field: models.Field, **kwargs):
        form_class = ModelFormMeta.form_classes.get(type(field))
        return field.formfield(**({"form_class": form_class} if form_class else {}) | kwargs)


class BaseModelForm(BaseForm, forms.ModelForm):
    """A form with the fields of a model. A new field of the model needs only its place in the layout.

    ``instance`` is always a new row, which holds what was entered: the action copies it to the stored row.
    """


def collect_errors(form: forms.BaseForm, *, only=None, without=()) -> list[tuple[str, str]]:
    """The errors of one form as pairs (id of the control, message); the id of a non-field error is empty.

    only, without: names of fields, for a form with other elements between its fields.
    """
    errors = [] if only else [("", str(message)) for message in form.non_field_errors()]
    for bound in form.visible_fields():
        if bound.name in without or (only and bound.name not in only):
            continue
        target = bound.id_for_label or f"{bound.auto_id}_0"
        errors += [(target, name_field(bound, str(message))) for message in bound.errors]
    return errors


def name_field(bound: forms.BoundField, sentence: str) -> str:
    """The sentence after the name of its field, unless it says the name itself or the field asks about all the others.

    A field of a row that is no form of its own has the name of the row in ``row_name``.
    """
    if getattr(bound.field, "is_question", False):
        return sentence
    label = strip_tags(str(bound.label)).replace("(nieobowiązkowe)", "").strip()
    names = [name for name in (getattr(bound.field, "row_name", ""), label) if name]
    missing = [
        name
        for name in dict.fromkeys(names)
        if name[-1].isalnum() and not re.search(rf"\b{re.escape(name)}\b", sentence, re.IGNORECASE)
    ]
    return ": ".join([", ".join(missing), sentence]) if missing else sentence


def first_control(form: forms.BaseForm) -> str:
    """Id of the first control of the form that is seen."""
    return next((bound.id_for_label or f"{bound.auto_id}_0" for bound in form.visible_fields()), "")


def errors_by_field(error: ValidationError) -> dict[str, list[ValidationError]]:
    """Errors by the field they name; those of the whole under NON_FIELD_ERRORS."""
    return error.error_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.error_list}


def is_deleted(row: forms.BaseForm) -> bool:
    """Whether the user removed this row of a formset; it stays in the page, hidden, until saving."""
    return bool(row.is_bound and row.data.get(row.add_prefix("DELETE")))


def init_added_row(formset: forms.BaseFormSet, kind: str = "") -> None:
    """Replace the last form of a bound formset, just added, by an unbound one with initial values.

    A formset may define ``carried_initial(number)``, values taken over from the rows before, and
    ``requested_initial(kind)``, values for the kind of row the button asked for.
    """
    number = len(formset.forms) - 1
    initial = formset.carried_initial(number) if hasattr(formset, "carried_initial") else None
    if kind and hasattr(formset, "requested_initial"):
        initial = formset.requested_initial(kind)
    row = formset.form(prefix=formset.add_prefix(number), initial=initial, **formset.get_form_kwargs(number))
    formset.add_fields(row, number)
    formset.forms[number] = row


def set_default_error_messages(form: forms.BaseForm) -> None:
    """Replace Django's default messages.

    Name the empty field, say by how much a text is too long, and never show the code of a choice.
    """
    django_message = forms.Field.default_error_messages["required"]
    translated = str(django_message)
    with_code = forms.ChoiceField.default_error_messages["invalid_choice"]
    for name, field in form.fields.items():
        message = field.error_messages.get("required")
        if message is django_message or message == translated:
            label = field.label or form[name].label
            is_choice = isinstance(field, forms.ChoiceField | forms.ModelChoiceField)
            field.error_messages["required"] = f"{'Wybierz' if is_choice else 'Uzupełnij'}: {label}."
        if field.error_messages.get("invalid_choice") == with_code:
            field.error_messages["invalid_choice"] = CHOICE_GONE
        if getattr(field, "max_length", None) and not field.widget.is_hidden:
            field.widget.attrs.pop(
                "maxlength", None
            )  # the browser would cut off a pasted text without notice
            field.error_messages.setdefault("max_length", TOO_LONG)
