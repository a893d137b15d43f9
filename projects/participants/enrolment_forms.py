"""Forms of enrolment: of a family, of somebody from outside, and the search of a family."""

from django import forms

from families.choices import Sex
from families.people.forms.fields import BirthField, IdentityForm, PastDatesForm
from families.people.models import Person
from lubsko_ops.core.form_layout import form_section, side_by_side
from lubsko_ops.core.forms import PastDayField
from projects.choices import Takes
from projects.models import Edition, Participation, ProjectGroup

UNASKED = ("pesel_missing", "other_document")  # of somebody who is in no file of a family
PHONE_ATTRS = {"type": "tel", "autocomplete": "off"}
CHILD_FIELDS = ("child_first_name", "child_last_name", "child_born_on", "child_sex")
SIGNED = "Deklaracja uczestnictwa podpisana tego dnia"


def place_key(edition: Edition, group: ProjectGroup | None) -> str:
    """The value of a choice of a group, or of the project without a group."""
    return f"g{group.pk}" if group else f"p{edition.pk}"


class PlaceField(forms.ChoiceField):
    """Where to enrol; gives (edition, group or None). ``places``: label by (edition, group)."""

    def set_places(self, places: dict[tuple[Edition, ProjectGroup | None], str]) -> None:
        self.by_key = {place_key(*each): each for each in places}
        self.choices = [("", "wybierz"), *((place_key(*each), label) for each, label in places.items())]

    def clean(self, value):
        return self.by_key.get(super().clean(value))


class FamilyEnrolForm(PastDatesForm):
    """Members of a family, a parent with a child, or the whole family."""

    error_title = "Nie zapisano do projektu."
    submit_label = "Zapisz do projektu"
    past_days = ("reported_on",)

    place = PlaceField(label="Projekt i grupa", error_messages={"required": "Wybierz projekt albo grupę."})
    members = forms.TypedMultipleChoiceField(
        label="Kto",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"data-look": "check"}),
        help_text="Do pracy z rodzinami zapisuje się całą rodzinę: nie zaznaczaj nikogo.",
    )
    child = forms.TypedChoiceField(
        label="Z którym dzieckiem",
        coerce=int,
        required=False,
        empty_value=None,
        help_text="Tylko w grupie dla rodzica z dzieckiem.",
    )
    reported_on = PastDayField(label="Dzień zgłoszenia")
    plan_goal = forms.ChoiceField(label="Cel planu rodziny, któremu to służy", required=False)
    contact_phone = forms.CharField(
        label="Telefon", max_length=30, required=False, widget=forms.TextInput(attrs=PHONE_ATTRS)
    )
    signed = forms.BooleanField(label=SIGNED, required=False)

    def __init__(self, *args, places, members: dict[int, str], children: dict[int, str], goals, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["place"].set_places(places)
        self.fields["members"].choices = list(members.items())
        self.fields["child"].choices = [("", "bez dziecka"), *children.items()]
        self.fields["plan_goal"].choices = [("", "żaden"), *((goal, goal) for goal in goals)]
        for name, needed in (("child", children), ("plan_goal", goals)):
            if not needed:
                del self.fields[name]

    def layout(self):
        more = [name for name in ("plan_goal",) if name in self.fields]
        pair = ["child"] if "child" in self.fields else []
        return [
            form_section("Dokąd", "place"),
            form_section("Kto z rodziny", "members", *pair),
            form_section("Zgłoszenie", side_by_side("reported_on", "contact_phone"), *more, "signed"),
        ]

    def participation(self) -> Participation:
        names = ("reported_on", "contact_phone", "plan_goal")
        return Participation(**{name: self.cleaned_data.get(name, "") for name in names})


class OutsiderEnrolForm(IdentityForm):
    """Somebody who is in no file of the centre, perhaps with a child."""

    error_title = "Osoby nie zapisano."
    submit_label = "Zapisz osobę"
    past_days = ("reported_on",)

    group = forms.ModelChoiceField(
        label="Grupa", queryset=ProjectGroup.objects.none(), required=False, empty_label="bez grupy"
    )
    reported_on = PastDayField(label="Dzień zgłoszenia")
    contact_phone = forms.CharField(
        label="Telefon", max_length=30, required=False, widget=forms.TextInput(attrs=PHONE_ATTRS)
    )
    contact_address = forms.CharField(label="Adres", max_length=200, required=False)
    child_first_name = forms.CharField(label="Imię dziecka", max_length=80, required=False)
    child_last_name = forms.CharField(label="Nazwisko dziecka", max_length=120, required=False)
    child_born_on = BirthField(label="Data urodzenia dziecka", required=False)
    child_sex = forms.ChoiceField(
        label="Płeć dziecka",
        choices=Sex.choices,
        required=False,
        widget=forms.RadioSelect(attrs={"data-look": "seg"}),
    )
    signed = forms.BooleanField(label=SIGNED, required=False)

    class Meta(IdentityForm.Meta):
        exclude = (*IdentityForm.Meta.exclude, *UNASKED)

    def __init__(self, *args, groups, **kwargs):
        self.takes_pairs = any(group.takes == Takes.PAIRS for group in groups)
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = groups
        for name in UNASKED if self.takes_pairs else (*UNASKED, *CHILD_FIELDS):
            del self.fields[name]

    def layout(self):
        child = form_section(
            "Dziecko",
            side_by_side("child_first_name", "child_last_name"),
            side_by_side("child_born_on", "child_sex"),
            note="Tylko w grupie dla rodzica z dzieckiem. W innych grupach dziecko zapisuje się osobno.",
        )
        return [
            form_section(
                "Osoba",
                side_by_side("first_name", "last_name"),
                side_by_side("born_on", "sex"),
                "pesel",
                note="Wpisz tyle, ile potrzeba do zapisu. Numer PESEL nie jest potrzebny.",
            ),
            form_section("Kontakt", side_by_side("contact_phone", "contact_address")),
            form_section("Zgłoszenie", side_by_side("group", "reported_on"), "signed"),
            *([child] if self.takes_pairs else []),
        ]

    def clean(self):
        for name in UNASKED:
            self.cleaned_data.setdefault(name, "")
        data = super().clean()
        typed = [name for name in CHILD_FIELDS if data.get(name)]
        for name in CHILD_FIELDS if typed else ():
            if not data.get(name) and name not in self.errors:
                self.add_error(name, "Wpisz to, albo zostaw całą część „Dziecko” pustą.")
        return data

    def person(self) -> Person:
        names = ("first_name", "last_name", "sex", "born_on", "birth_precision", "pesel")
        return Person(**{name: self.cleaned_data[name] for name in names})

    def child(self) -> Person | None:
        data = self.cleaned_data
        if not data.get("child_first_name"):
            return None
        person = Person(
            first_name=data["child_first_name"], last_name=data["child_last_name"], sex=data["child_sex"]
        )
        birth = data["child_born_on"]
        person.born_on, person.birth_precision = birth.first_day, birth.precision
        return person

    def participation(self) -> Participation:
        names = ("reported_on", "contact_phone", "contact_address")
        return Participation(**{name: self.cleaned_data[name] for name in names})
