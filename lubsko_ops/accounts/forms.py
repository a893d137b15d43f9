"""Forms for accounts."""

from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.forms import BaseFormSet, formset_factory

from lubsko_ops.accounts.models import LinkKind, Region, User
from lubsko_ops.accounts.rules import (
    END_BEFORE_START,
    NO_REGION_WITHOUT_ROLE,
    Days,
    region_refusal,
    role_refusal,
)
from lubsko_ops.core import clock
from lubsko_ops.core.form_layout import TemplateLayout, form_section, side_by_side
from lubsko_ops.core.forms import BaseForm, PlannedDayField, is_deleted
from lubsko_ops.core.permissions import Role
from lubsko_ops.core.phones import clean_phone

MAX_ROWS = 10


class UsernameField(forms.CharField):
    """A user name: lower case without Polish letters, as people type it on any keyboard."""

    def __init__(self, **kwargs):
        super().__init__(
            label="Nazwa użytkownika",
            max_length=60,
            help_text="Małe litery bez polskich znaków, np. jkowalski. Wpisuje się ją przy logowaniu.",
            **kwargs,
        )

    def clean(self, value):
        name = super().clean(value).lower()
        try:
            validate_slug(name)
        except ValidationError:
            raise ValidationError(
                "Użyj liter bez polskich znaków, cyfr, myślnika albo podkreślenia."
            ) from None
        return name


class NewPasswordForm(BaseForm):
    """A password typed twice."""

    password = forms.CharField(
        label="Hasło",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=" ".join(password_validators_help_texts()),
        strip=False,
    )
    again = forms.CharField(
        label="Hasło jeszcze raz",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
    )

    def clean_again(self):
        if self.cleaned_data.get("password") != self.cleaned_data["again"]:
            raise ValidationError("Hasła się różnią. Wpisz je jeszcze raz.")
        return self.cleaned_data["again"]


class FirstAdministratorForm(NewPasswordForm):
    """The first account of an empty installation."""

    error_title = "Konta nie założono."
    submit_label = "Załóż konto administratora"

    first_name = forms.CharField(label="Imię", max_length=80)
    last_name = forms.CharField(label="Nazwisko", max_length=120)
    username = UsernameField()

    field_order = ("first_name", "last_name", "username", "password", "again")


class LinkPasswordForm(NewPasswordForm):
    """The password that the owner of an invitation sets."""

    error_title = "Hasła nie ustawiono."
    submit_label = "Ustaw hasło"


class LinkSecondFactorForm(BaseForm):
    """The password of the account, before its second factor is removed."""

    error_title = "Drugiego składnika nie usunięto."
    submit_label = "Usuń dawny drugi składnik"

    password = forms.CharField(
        label="Obecne hasło",
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        strip=False,
    )


class PhoneField(forms.CharField):
    """A telephone number, put into its usual form."""

    def __init__(self, **kwargs):
        super().__init__(label="Telefon służbowy", max_length=30, required=False, **kwargs)
        self.widget.attrs |= {"inputmode": "tel"}

    def clean(self, value):
        return clean_phone(super().clean(value))


class DetailsForm(BaseForm):
    """Names, user name, telephone and e-mail of an account."""

    error_title = "Danych konta nie zapisano."

    first_name = forms.CharField(label="Imię", max_length=80)
    last_name = forms.CharField(label="Nazwisko", max_length=120)
    username = UsernameField()
    phone = PhoneField()
    email = forms.EmailField(label="E-mail", required=False)

    def layout(self):
        return [side_by_side("first_name", "last_name"), "username", side_by_side("phone", "email")]


class OwnPhoneForm(BaseForm):
    """The user's own telephone."""

    error_title = "Telefonu nie zapisano."

    phone = PhoneField(help_text="Widzą go współpracownicy w teczkach rodzin, z którymi pracujesz.")


class DaysForm(BaseForm):
    """A first and a last day; without the last one until further notice."""

    starts_on = PlannedDayField(label="Od kiedy")
    ends_on = PlannedDayField(label="Ostatni dzień", required=False)

    def clean(self):
        data = super().clean() or {}
        if data.get("starts_on") and data.get("ends_on") and data["ends_on"] < data["starts_on"]:
            self.add_error("ends_on", END_BEFORE_START)
        return data


class RoleGrantForm(DaysForm):
    """A role from a day."""

    error_title = "Roli nie nadano."
    submit_label = "Nadaj rolę"

    role = forms.ChoiceField(label="Rola", choices=[("", "Wybierz rolę"), *Role.choices])

    def layout(self):
        return ["role", side_by_side("starts_on", "ends_on")]


class RegionGrantForm(DaysForm):
    """A region from a day."""

    error_title = "Rejonu nie przypisano."
    submit_label = "Przypisz rejon"

    region = forms.ModelChoiceField(
        label="Rejon",
        queryset=Region.objects.none(),
        empty_label="Wybierz rejon",
        error_messages={"invalid_choice": "Tego rejonu już nie ma albo jest zamknięty. Wybierz inny."},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        region: forms.ModelChoiceField = self.fields["region"]  # type: ignore[assignment]
        region.queryset = Region.objects.open_on(clock.today())

    def layout(self):
        return ["region", side_by_side("starts_on", "ends_on")]


class DeputyForm(DaysForm):
    """A deputy of the manager, with the last day."""

    error_title = "Zastępstwa nie zapisano."
    submit_label = "Wyznacz zastępcę"

    deputy = forms.ModelChoiceField(
        label="Kto zastępuje", queryset=User.objects.none(), empty_label="Wybierz osobę"
    )
    ends_on = PlannedDayField(
        label="Ostatni dzień",
        error_messages={"required": "Zastępstwo musi mieć ostatni dzień: prawa kończą się wtedy same."},
    )

    def __init__(self, *args, person: User, **kwargs):
        super().__init__(*args, **kwargs)
        others = User.objects.filter(is_active=True).exclude(pk=person.pk)
        deputy: Any = self.fields["deputy"]
        deputy.queryset = others.order_by("last_name", "first_name", "pk")

    def layout(self):
        return ["deputy", side_by_side("starts_on", "ends_on")]


class EndForm(BaseForm):
    """The last day of a role or of a region."""

    error_title = "Końca nie zapisano."
    submit_label = "Zapisz koniec"

    ends_on = PlannedDayField(label="Ostatni dzień")


class ButtonForm(BaseForm):
    """Nothing to type: the button is the answer."""

    error_title = "Nie zapisano."


class NoticesForm(ButtonForm):
    """Acknowledges the notices that the page lists, and none that came after it."""

    listed = forms.CharField(widget=forms.HiddenInput, required=False)


class LinkForm(BaseForm):
    """Which one-time link is issued, and whether it also goes by e-mail."""

    error_title = "Odsyłacza nie wystawiono."
    submit_label = "Wystaw odsyłacz"

    kind = forms.ChoiceField(
        label="Co osoba ma zrobić", widget=forms.RadioSelect(attrs={"data-look": "check"})
    )
    by_email = forms.BooleanField(label="Wyślij także e-mailem", required=False)

    def __init__(self, *args, kinds: list[LinkKind], email: str, **kwargs):
        super().__init__(*args, **kwargs)
        field: Any = self.fields["kind"]
        field.choices = [(kind.value, LINK_LABELS[kind]) for kind in kinds]
        if email:
            self.fields["by_email"].help_text = f"Na adres {email}."
        else:
            del self.fields["by_email"]


LINK_LABELS = {
    LinkKind.INVITATION: "Ustawić pierwsze hasło (zaproszenie)",
    LinkKind.PASSWORD: "Ustawić nowe hasło",
    LinkKind.SECOND_FACTOR: "Usunąć dawny drugi składnik i ustawić nowy (zgubiony telefon albo klucz)",
}


# ---- a new account ---------------------------------------------------------------------------------
class DaysFormSet(BaseFormSet):
    """Rows with days of which none may stand against another one: the error stands in the later row."""

    what = ""  # the field that names the role or the region
    refusal = staticmethod(role_refusal)

    def completed_rows(self) -> list[forms.Form]:
        """The filled rows that are not removed."""
        rows = [row for row in self.forms if row.has_changed() and not is_deleted(row)]
        return [row for row in rows if not row.errors]

    def clean(self):
        earlier: list[Days] = []
        for row in self.completed_rows():
            data = row.cleaned_data
            days = Days(getattr(data[self.what], "pk", data[self.what]), data["starts_on"], data["ends_on"])
            if sentence := self.refusal(days, earlier):
                row.add_error(self.what, sentence)
            earlier.append(days)

    def values(self) -> list[dict]:
        """Arguments of the action of each row."""
        names = (self.what, "starts_on", "ends_on")
        return [{name: row.cleaned_data[name] for name in names} for row in self.completed_rows()]


class RoleFormSet(DaysFormSet):
    what = "role"
    default_error_messages = BaseFormSet.default_error_messages | {
        "too_few_forms": "Nadaj co najmniej jedną rolę: bez niej konto niczego nie otwiera."
    }


class RegionFormSet(DaysFormSet):
    what = "region"
    refusal = staticmethod(region_refusal)


class AccountForm(DetailsForm):
    """A new account with its roles and regions."""

    error_title = "Konta nie założono."
    submit_label = "Załóż konto i wystaw zaproszenie"
    formset_classes = {
        "roles": formset_factory(
            RoleGrantForm,
            formset=RoleFormSet,
            extra=0,
            min_num=1,
            validate_min=True,
            max_num=MAX_ROWS,
            validate_max=True,
            absolute_max=30,  # removed rows are sent too
            can_delete=True,
        ),
        "regions": formset_factory(
            RegionGrantForm,
            formset=RegionFormSet,
            extra=0,
            max_num=MAX_ROWS,
            validate_max=True,
            absolute_max=30,
            can_delete=True,
        ),
    }

    def clean(self):
        data = super().clean()
        last_days = [
            row.cleaned_data["ends_on"] or date.max
            for row in self.formsets["roles"].completed_rows()
            if row.cleaned_data["role"] == Role.SOCIAL_WORKER
        ]
        for row in self.formsets["regions"].completed_rows():
            if row.cleaned_data["starts_on"] > max(last_days, default=date.min):
                row.add_error("region", NO_REGION_WITHOUT_ROLE)
        return data

    def is_valid(self) -> bool:
        """Again the rows, to which ``clean`` may have added errors."""
        return super().is_valid() and all(formset.is_valid() for formset in self.formsets.values())

    def layout(self):
        return [
            form_section("Osoba", *super().layout()),
            form_section(
                "Role",
                TemplateLayout("accounts/_role_rows.html"),
                note="Asystent rodziny i pracownik socjalny wykluczają się. Bez ostatniego dnia rola trwa bez końca.",
            ),
            form_section(
                "Rejony",
                TemplateLayout("accounts/_region_rows.html"),
                note="Tylko dla pracownika socjalnego: rodziny mieszkające w rejonie są wtedy jego rodzinami.",
            ),
        ]
