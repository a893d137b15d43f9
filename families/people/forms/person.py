"""Forms about one person: adding to a family, identity, change and end of membership."""

from django import forms

from families.choices import Kinship, LivingArrangement
from families.people.forms.fields import (
    DuplicateCheckForm,
    IdentityForm,
    PastDatesForm,
    SpellingsField,
    add_question_field,
    confirmation_field,
    is_confirmed,
)
from families.people.models import Person
from lubsko_ops.core.form_layout import form_section, side_by_side
from lubsko_ops.core.forms import PastDayField

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
    """A new member of the family: a new or an existing person."""

    error_title = "Osoby nie dodano."
    submit_label = "Dodaj osobę"
    past_days = (*DuplicateCheckForm.past_days, "starts_on")

    other_spellings = SpellingsField()
    kinship = kinship_field()
    stay = stay_field()
    starts_on = PastDayField(label="Od kiedy należy do rodziny")

    class Meta(DuplicateCheckForm.Meta):
        exclude = ("died_on", "birth_precision")

    def layout(self):
        return [
            form_section("Kto to jest", *identity_layout(), "other_spellings", note=PESEL_HINT),
            form_section("W tej rodzinie", side_by_side("kinship", "stay"), "starts_on"),
        ]

    def __init__(self, *args, current_parents: dict[str, Person], **kwargs):
        self.current_parents = current_parents
        super().__init__(*args, **kwargs)

    def clean(self):
        data = super().clean()
        if self.identity_is_valid:
            self.resolve_duplicate()
        if "kinship" not in self.errors:
            self.ask_about_second(data["kinship"])
        return data

    def ask_about_second(self, kinship: str) -> None:
        """Ask for confirmation of a second mother or father in one family."""
        parent = self.current_parents.get(kinship)
        if parent is None or parent == self.existing:
            return
        answer = f"{kinship}:{parent.pk}"
        label = Kinship(kinship).label
        field = confirmation_field(
            "Czy na pewno?", answer, "Tak, tak ma być", f"W rodzinie jest już {label}: {parent}."
        )
        sentence = f"W rodzinie jest już {label}: {parent}. Popraw albo potwierdź."
        add_question_field(self, "sure", field, "" if is_confirmed(self, "sure", answer) else sentence)


class PersonEditForm(IdentityForm):
    """Corrects or completes the identity data of a person."""

    error_title = "Danych osoby nie zapisano."
    submit_label = "Zapisz dane"

    other_spellings = SpellingsField()

    class Meta(IdentityForm.Meta):
        exclude = ("birth_precision",)
        field_classes = {"died_on": PastDayField}
        help_texts = {"died_on": "Z tym dniem osoba odchodzi z każdej rodziny, do której należy."}

    def layout(self):
        return [form_section("", *identity_layout(), "other_spellings", "died_on", note=PESEL_HINT)]


def identity_layout() -> list:
    return [
        "pesel",
        side_by_side("first_name", "last_name"),
        side_by_side("born_on", "sex"),
        side_by_side("pesel_missing", "other_document"),
    ]


class MembershipChangeForm(PastDatesForm):
    """Changes kinship or living arrangement from a day."""

    error_title = "Zmiany nie zapisano."
    submit_label = "Zapisz zmianę"
    past_days = ("since",)

    kinship = kinship_field()
    stay = stay_field()
    since = PastDayField(
        label="Od kiedy",
        help_text="Do poprzedniego dnia obowiązują dotychczasowe dane.",
    )

    def layout(self):
        return [side_by_side("kinship", "stay"), "since"]


class MembershipEndForm(PastDatesForm):
    """Sets the last day in the family."""

    error_title = "Odejścia nie zapisano."
    submit_label = "Zapisz odejście"
    past_days = ("on",)

    on = PastDayField(label="Ostatni dzień w rodzinie")
