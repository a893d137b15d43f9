"""Forms about one person: adding somebody to the family, changing who she is, her place in the family, her leaving."""

from django import forms

from families.choices import Kinship, LivingArrangement
from families.people.forms.fields import (
    DuplicateCheckForm,
    IdentityForm,
    SpellingsField,
    TodayForm,
    add_question_field,
    confirmation_field,
    is_confirmed,
)
from families.people.models import Person
from lubsko_ops.core.forms import DayField, form_section, side_by_side

KINSHIP_CHOICES = [("", "wybierz"), *Kinship.choices]
PESEL_HINT = (
    "Z numeru PESEL odczytamy datę urodzenia i płeć. "
    "Bez numeru wybierz powód; przy cudzoziemcu wpisz inny dokument."
)


def kinship_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Kim jest w rodzinie",
        choices=KINSHIP_CHOICES,
        error_messages={"required": "Wybierz, kim jest."},
    )


def stay_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Gdzie mieszka", choices=LivingArrangement.choices, initial=LivingArrangement.HERE
    )


class PersonAddForm(DuplicateCheckForm):
    """A new member of the family: a new person or one already known."""

    failure = "Osoby nie dodano."
    button = "Dodaj osobę"
    past_days = (*DuplicateCheckForm.past_days, "starts_on")

    other_spellings = SpellingsField()
    kinship = kinship_field()
    stay = stay_field()
    starts_on = DayField(label="Od kiedy należy do rodziny")

    def layout(self):
        return [
            form_section("Kto to jest", *identity_layout(), "other_spellings", note=PESEL_HINT),
            form_section("W tej rodzinie", side_by_side("kinship", "stay"), "starts_on"),
        ]

    def __init__(self, *args, parents: dict[str, Person], **kwargs):
        self.parents = parents
        super().__init__(*args, **kwargs)

    def clean(self):
        data = super().clean()
        if not self.errors:
            self.settle()
            self.ask_about_second(data["kinship"])
        return data

    def ask_about_second(self, kinship: str) -> None:
        """A second mother (father) in one family may be true: it is asked."""
        there = self.parents.get(kinship)
        if there is None or there == self.existing:
            return
        answer = f"{kinship}:{there.pk}"
        word = Kinship(kinship).label
        field = confirmation_field(
            "Czy na pewno?", answer, "Tak, tak ma być", f"W rodzinie jest już {word}: {there}."
        )
        sentence = f"W rodzinie jest już {word}: {there}. Popraw albo potwierdź."
        add_question_field(self, "sure", field, "" if is_confirmed(self, "sure", answer) else sentence)


class PersonEditForm(IdentityForm):
    """Who the person is, corrected or completed."""

    failure = "Danych osoby nie zapisano."
    button = "Zapisz dane"

    other_spellings = SpellingsField()
    died_on = DayField(
        label="Data śmierci",
        required=False,
        help_text="Z tym dniem osoba odchodzi z każdej rodziny, do której należy.",
    )

    def layout(self):
        return [form_section("", *identity_layout(), "other_spellings", "died_on", note=PESEL_HINT)]

    def changes(self) -> dict:
        rest = {name: self.cleaned_data[name] for name in ("other_spellings", "died_on")}
        return self.identity_data() | rest


def identity_layout() -> list:
    return [
        "pesel",
        side_by_side("first_name", "last_name"),
        side_by_side("born_on", "sex"),
        side_by_side("pesel_missing", "other_document"),
    ]


class MembershipChangeForm(TodayForm):
    """Kinship or place of living changes from a day."""

    failure = "Zmiany nie zapisano."
    button = "Zapisz zmianę"
    past_days = ("since",)

    kinship = kinship_field()
    stay = stay_field()
    since = DayField(
        label="Od kiedy",
        help_text="Do dnia poprzedniego zostaje to, co było.",
    )

    def layout(self):
        return [side_by_side("kinship", "stay"), "since"]


class MembershipEndForm(TodayForm):
    """The last day in the family."""

    failure = "Odejścia nie zapisano."
    button = "Zapisz odejście"
    past_days = ("on",)

    on = DayField(label="Ostatni dzień w rodzinie")
