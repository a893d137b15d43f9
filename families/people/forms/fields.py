"""Base forms and fields of the forms about people: identity, address, duplicate check, confirmation questions."""

import re
from copy import deepcopy
from datetime import date
from functools import cached_property

from django import forms
from django.core.exceptions import ValidationError

from families.choices import Category, Kinship, PeselMissing, Problem, Sex
from families.people.birth import Birth
from families.people.identity import (
    FUTURE_DAY_ERROR,
    SEX_BY_KINSHIP,
    birth_columns,
    distinct_names,
    kinship_errors,
    newborn_refusal,
    reconcile_identity,
)
from families.people.models import MAX_DOCUMENT_LENGTH, Address, Person
from families.people.postal import split_house_and_flat
from lubsko_ops.accounts.models import Region
from lubsko_ops.core.form_layout import FieldRow
from lubsko_ops.core.forms import LATEST, BaseForm, BaseModelForm, DayField, ModelFormMeta
from lubsko_ops.core.parsing import DayKind

FIRST_PESEL_YEAR = 1800
LIKELY_PROBLEMS = [
    Problem.HELPLESSNESS,
    Problem.LONE_PARENT,
    Problem.LARGE_FAMILY,
    Problem.POVERTY,
    Problem.UNEMPLOYMENT,
    Problem.ILLNESS,
    Problem.DISABILITY,
    Problem.ALCOHOL,
    Problem.DOMESTIC_VIOLENCE,
]


class PastDatesForm(BaseForm):
    """A form that is given today's date; fields named in ``past_days`` must not lie in the future."""

    past_days: tuple[str, ...] = ()
    mark_optional = False  # most fields may be unknown; required ones report errors when submitted

    def __init__(self, *args, today: date, **kwargs):
        self.today = today
        super().__init__(*args, **kwargs)

    def clean(self):
        for name in self.past_days:
            day = self.cleaned_data.get(name)
            if day and day > self.today:
                self.add_error(name, FUTURE_DAY_ERROR)
        return self.cleaned_data


class SpellingsField(forms.CharField):
    """Other spellings of a name, one per line."""

    widget = forms.Textarea(attrs={"rows": 2})

    def __init__(self, **kwargs):
        super().__init__(
            label="Inna pisownia imienia i nazwiska",
            help_text="Po jednej w wierszu, np. z paszportu albo sprzed ślubu. Po każdej można znaleźć osobę.",
            required=False,
            **kwargs,
        )

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value):
        lines = [" ".join(line.split()) for line in super().clean(value).splitlines()]
        if any(len(line) > 160 for line in lines):
            raise ValidationError("Jedna pisownia może mieć najwyżej 160 znaków.")
        return [line for line in dict.fromkeys(lines) if line]


class PostalCodeField(forms.CharField):
    """A Polish postal code; "68300" is accepted as "68-300"."""

    widget = forms.TextInput(attrs={"inputmode": "numeric"})

    def clean(self, value):
        value = super().clean(value)
        digits = value.replace("-", "").replace(" ", "")
        if not value:
            return ""
        if len(digits) != 5 or not digits.isdecimal():
            raise ValidationError("Kod pocztowy ma pięć cyfr, np. 68-300.")
        return f"{digits[:2]}-{digits[2:]}"


class BirthField(DayField):
    """A date of birth; of an unknown day the month and the year (05.2015), or the year alone (2015). Gives a Birth."""

    kind = DayKind.WITH_YEAR
    default_error_messages = {
        "invalid": "Wpisz datę urodzenia: dzień (30.08.2015), miesiąc (05.2015) albo sam rok (2015)."
    }
    approximate = re.compile(r"(?:(\d{1,2})[.\-/ ]|(\d\d)(?=1[89]|2[01]))?([12]\d{3})(?: ?r\.?)?")

    def prepare_value(self, value):
        return value.as_typed if isinstance(value, Birth) else value

    def to_python(self, value):
        if isinstance(value, Birth):
            return value
        if match := self.approximate.fullmatch(str(value or "").strip()):
            month, year = match[1] or match[2], match[3]
            if month and not 1 <= int(month) <= 12:
                raise ValidationError("Takiego miesiąca nie ma w kalendarzu. Sprawdź miesiąc i rok.")
            return Birth.in_month(int(year), int(month)) if month else Birth.in_year(int(year))
        day = super().to_python(value)
        return Birth(day) if day else None

    def validate(self, value):
        """Every year that a PESEL can give: what was read from the number is never refused when it is sent again."""
        forms.DateField.validate(self, value)
        if value and not FIRST_PESEL_YEAR <= value.first_day.year <= LATEST.year:
            raise ValidationError("Sprawdź rok: data urodzenia musi leżeć między 1800 a 2100 rokiem.")


class IdentityForm(PastDatesForm, BaseModelForm):
    """Identity of a person; date of birth and sex must match the PESEL, and are read from it or from the kinship."""

    past_days = ("died_on",)  # the date of birth is judged together with the PESEL

    sex = forms.ChoiceField(
        label="Płeć",
        choices=Sex.choices,
        required=False,
        widget=forms.RadioSelect(attrs={"data-look": "seg"}),
    )
    born_on = BirthField(
        label="Data urodzenia",
        required=False,
        help_text="Gdy dzień nie jest znany: miesiąc i rok (05.2015) albo sam rok (2015).",
    )
    pesel = forms.CharField(
        label="PESEL",
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "data-pesel": ""}),
    )
    pesel_missing = forms.ChoiceField(
        label="Gdy nie ma numeru PESEL",
        choices=[("", "wybierz powód"), *PeselMissing.choices],
        required=False,
    )
    other_document = forms.CharField(label="Inny dokument", max_length=MAX_DOCUMENT_LENGTH, required=False)

    class Meta(ModelFormMeta):
        model = Person
        exclude = ("other_spellings", "died_on", "birth_precision")
        error_messages = {
            "first_name": {"required": "Wpisz imię."},
            "last_name": {"required": "Wpisz nazwisko."},
        }

    def clean(self):
        data = super().clean()
        birth, sex = data.get("born_on"), data.get("sex") or SEX_BY_KINSHIP.get(data.get("kinship"), "")
        data["born_on"], data["birth_precision"] = birth_columns(birth)
        if not {"pesel", "born_on", "sex"} & self.errors.keys():
            birth = self.reconcile(data, birth, sex)
        if not {"pesel", "pesel_missing"} & self.errors.keys():
            data["pesel_missing"] = "" if data["pesel"] else data["pesel_missing"] or PeselMissing.UNKNOWN
        self.validate_plausibility(data, birth)
        if data.get("pesel_missing") == PeselMissing.FOREIGNER and data.get("other_document") == "":
            self.add_error(
                "other_document", "Wpisz rodzaj i numer innego dokumentu, np. „paszport FE123456”."
            )
        return data

    def reconcile(self, data, birth: Birth | None, sex: str) -> Birth | None:
        """The date of birth, after what the PESEL says is in ``data``; with errors where they contradict."""
        try:
            data["pesel"], birth, data["sex"] = reconcile_identity(
                pesel=data["pesel"], birth=birth, sex=sex, today=self.today
            )
        except ValidationError as refusal:
            self.add_error(None, refusal)
        else:
            data["born_on"], data["birth_precision"] = birth_columns(birth)
            if not data["sex"]:
                self.add_error("sex", "Wybierz płeć.")
        return birth

    def validate_plausibility(self, data, birth: Birth | None) -> None:
        """Add errors for an impossible age or sex: a mother aged six, a newborn aged twenty."""
        kinship = data.get("kinship", "")
        errors = kinship_errors(kinship=kinship, sex=data.get("sex", ""), birth=birth, on=self.today)
        errors["pesel_missing"] = newborn_refusal(data.get("pesel_missing", ""), birth, on=self.today)
        for name, sentence in errors.items():
            if sentence and name not in self.errors:
                self.add_error(name, sentence)


class PersonChoiceField(forms.ModelChoiceField):
    """A person of the family, annotated with ``kinship``; namesakes are distinguished."""

    def label_from_instance(self, person: Person) -> str:
        return self.names[person.pk]

    @cached_property
    def names(self) -> dict[int, str]:
        people = list(self.queryset)
        kinship = {each.pk: Kinship(each.kinship).label_for(each.sex) for each in people if each.kinship}
        return distinct_names(people, kinship=kinship)


def add_question_field(form: BaseForm, name: str, field: forms.ChoiceField, sentence: str) -> None:
    """Insert a question above the form or the row; ``sentence`` is its error, empty once it has been answered."""
    form.helper.layout.fields.insert(0, FieldRow(name, css_class="same-asked"))
    field.is_question = True
    form.fields[name] = field
    if sentence:
        form.add_error(name, sentence)


def confirmation_field(label: str, answer: str, answer_label: str, hint: str = "") -> forms.ChoiceField:
    """A question confirmed by ticking a box; ``answer`` encodes the question, so a different one is asked again."""
    widget = forms.CheckboxSelectMultiple(attrs={"data-look": "check"})
    return forms.MultipleChoiceField(
        label=label, choices=[(answer, answer_label)], widget=widget, help_text=hint
    )


def is_confirmed(form: BaseForm, name: str, answer: str) -> bool:
    """Whether exactly this answer was ticked."""
    key = form.add_prefix(name)
    return answer in (form.data.getlist(key) if hasattr(form.data, "getlist") else [form.data.get(key)])


class DuplicateCheckForm(IdentityForm):
    """A person who may already be recorded: the user is asked before a second record is created.

    ``find_duplicates(person)`` returns matches within the user's scope. After cleaning, ``matches`` holds them and
    ``needs_decision`` is True until the user chooses one of them or rejects exactly these.
    """

    matches: list = []
    needs_decision = False
    existing = None

    def __init__(self, *args, find_duplicates=None, **kwargs):
        self.find_duplicates = find_duplicates
        super().__init__(*args, **kwargs)

    @property
    def identity_is_valid(self) -> bool:
        """Whether the fields by which a duplicate is found have no errors."""
        return not {"first_name", "last_name", "born_on", "pesel", "sex"} & set(self.errors)

    def resolve_duplicate(self) -> None:
        """Look for matches and read the user's decision."""
        self.matches = self.find_duplicates(self.entered_person())
        answer = self.data.get(self.add_prefix("identity"), "")
        self.existing = next((match.person for match in self.matches if str(match.person.pk) == answer), None)
        self.needs_decision = bool(self.matches) and not self.existing and answer != self.none_of_them

    @property
    def none_of_them(self) -> str:
        """The answer "a different person"; it lists the matches shown, so new matches are asked about again."""
        return "inna:" + ",".join(str(match.person.pk) for match in self.matches)

    def entered_person(self) -> Person:
        """The person as entered, not saved."""
        names = {each.name for each in Person.entered_fields()} & self.cleaned_data.keys()
        return Person(**{name: self.cleaned_data[name] for name in names})

    def person(self) -> Person:
        """The existing person who was chosen, otherwise the entered one."""
        return self.existing or self.entered_person()


class PostalAddressForm(PastDatesForm, BaseModelForm):
    """A postal address. In a village without street names it has only the locality and the house number."""

    postal_code = PostalCodeField(label="Kod pocztowy", max_length=10, required=False)
    region = forms.ModelChoiceField(
        Region.objects.none(),
        label="Rejon",
        required=False,
        empty_label="nie wskazano",
        error_messages={"invalid_choice": "Tego rejonu już nie ma albo jest zamknięty. Wybierz inny."},
    )

    class Meta(ModelFormMeta):
        model = Address
        exclude = (*Address.set_by_actions, "withheld_from")
        help_texts = {"street": "Na wsi bez nazw ulic zostaw puste."}
        error_messages = {"locality": {"required": "Wpisz miejscowość."}}

    def __init__(self, *args, current_region: int | None = None, **kwargs):
        """``current_region``: id of the one the address has, which stays a choice when it is closed."""
        super().__init__(*args, **kwargs)
        current = Region.objects.filter(pk=current_region)
        self.fields["region"].queryset = Region.objects.open_on(self.today) | current

    def clean(self):
        data = super().clean()
        for name in ("house", "second_house"):  # the home of the family, and the other one of a new family
            flat = name.replace("house", "flat")
            if data.get(name) and not data.get(flat, "-"):
                data[name], data[flat] = split_house_and_flat(data[name])
        return data

    def address_columns(self, prefix: str = "") -> dict:
        """Values of the Address columns in the form; empty strings where nothing was entered."""
        names = [each.name for each in Address.entered_fields()]
        data = self.cleaned_data
        return {name: data[prefix + name] for name in names if prefix + name in data}


def as_optional(field: forms.Field) -> forms.Field:
    """A copy of the field that is not required."""
    copy = deepcopy(field)
    copy.required = False
    return copy


def category_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Kategoria rodziny", choices=[("", "jeszcze nie ustalono"), *Category.choices], required=False
    )


def problems_field(label: str) -> forms.MultipleChoiceField:
    """Problems as chips: likely ones first, the others in a second group."""
    rest = [(problem.value, problem.label) for problem in Problem if problem not in LIKELY_PROBLEMS]
    return forms.MultipleChoiceField(
        label=label,
        choices=[
            *((problem.value, problem.label) for problem in LIKELY_PROBLEMS),
            ("Pozostałe problemy", rest),
        ],
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"data-look": "chips"}),
    )
