"""Forms about one person: adding somebody to the family, changing who she is, her place in the family, her leaving."""

from django import forms

from families.choices import Kinship, Stay
from families.people.forms.fields import (
    AsksIdentity,
    PersonFields,
    SpellingsField,
    TodayForm,
    confirmation,
    confirmed,
    put_question,
)
from families.people.models import Person
from lubsko_ops.core.forms import DayField, part, side_by_side

KINSHIPS = [("", "wybierz"), *Kinship.choices]
NO_PESEL = (
    "Z numeru PESEL odczytamy datę urodzenia i płeć. "
    "Bez numeru wybierz powód; przy cudzoziemcu wpisz inny dokument."
)


def kinship_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Kim jest w rodzinie",
        choices=KINSHIPS,
        error_messages={"required": "Wybierz, kim jest."},
    )


def stay_field() -> forms.ChoiceField:
    return forms.ChoiceField(label="Gdzie mieszka", choices=Stay.choices, initial=Stay.HERE)


class PersonAddForm(AsksIdentity):
    """A new member of the family: a new person or one already known."""

    failure = "Osoby nie dodano."
    button = "Dodaj osobę"
    past_days = (*AsksIdentity.past_days, "starts_on")

    other_spellings = SpellingsField()
    kinship = kinship_field()
    stay = stay_field()
    starts_on = DayField(label="Od kiedy należy do rodziny")

    def layout(self):
        return [
            part("Kto to jest", *identity_rows(), "other_spellings", note=NO_PESEL),
            part("W tej rodzinie", side_by_side("kinship", "stay"), "starts_on"),
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
        field = confirmation(
            "Czy na pewno?", answer, "Tak, tak ma być", f"W rodzinie jest już {word}: {there}."
        )
        sentence = f"W rodzinie jest już {word}: {there}. Popraw albo potwierdź."
        put_question(self, "sure", field, "" if confirmed(self, "sure", answer) else sentence)


class PersonEditForm(PersonFields):
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
        return [part("", *identity_rows(), "other_spellings", "died_on", note=NO_PESEL)]

    def changes(self) -> dict:
        rest = {name: self.cleaned_data[name] for name in ("other_spellings", "died_on")}
        return self.identity_data() | rest


def identity_rows() -> list:
    return [
        "pesel",
        side_by_side("first_name", "last_name"),
        side_by_side("born_on", "sex"),
        side_by_side("pesel_missing", "other_document"),
    ]


class MembershipForm(TodayForm):
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


class LeaveForm(TodayForm):
    """The last day in the family."""

    failure = "Odejścia nie zapisano."
    button = "Zapisz odejście"
    past_days = ("on",)

    on = DayField(label="Ostatni dzień w rodzinie")
