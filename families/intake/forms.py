"""The form of a new family: addresses, people, social worker, category, problems."""

from collections import Counter

from crispy_forms.layout import HTML
from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory
from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe

from families.choices import CHILDREN, PARENTS, Kinship, LivingArrangement, Sex
from families.intake.actions import CaseData, MemberData
from families.intake.queries import family_with_members_text
from families.people.forms.address import address_layout, homeless_refusal
from families.people.forms.fields import (
    BirthField,
    DuplicateCheckForm,
    PostalAddressForm,
    add_question_field,
    as_optional,
    category_field,
    confirmation_field,
    is_confirmed,
    problems_field,
)
from families.people.forms.person import kinship_field, stay_field
from families.people.identity import repeated_pesel_refusal
from lubsko_ops.accounts.models import User
from lubsko_ops.core.form_layout import FieldRow, form_section, side_by_side
from lubsko_ops.core.forms import PastDayField
from lubsko_ops.core.links import reverse
from lubsko_ops.core.polish import join_list
from lubsko_ops.core.search_keys import fold
from lubsko_ops.core.surnames import suggest_family_name

MAX_PEOPLE = 30
SECOND_ADDRESS_FIELDS = (
    "second_street",
    "second_house",
    "second_flat",
    "second_postal_code",
    "second_locality",
)
FIELDS_BELOW_PEOPLE = (*SECOND_ADDRESS_FIELDS, "social_worker", "category", "problems")
POSTAL_ADDRESS_FIELDS = PostalAddressForm.base_fields


class PersonRowForm(DuplicateCheckForm):
    """One person of the family; a probable duplicate is asked about within the row."""

    born_on = BirthField(label="Data urodzenia", required=False)  # the hint stands once, above the rows
    kinship = kinship_field()
    stay = stay_field()

    prefilled: dict = {}  # initial values derived from the previous rows

    def layout(self):
        return [
            FieldRow("pesel", "first_name", "last_name", "kinship", css_class="person-row person-who"),
            FieldRow(
                "born_on",
                "sex",
                "stay",
                "pesel_missing",
                "other_document",
                css_class="person-row person-facts",
            ),
        ]

    def has_changed(self):
        """False for a row that holds only prefilled values."""
        return any(self[name].value() != self.prefilled.get(name) for name in self.changed_data)

    def clean(self):
        data = super().clean()
        if self.identity_is_valid:
            self.resolve_duplicate()
            if self.matches:
                self.ask_about_duplicates()
        return data

    def ask_about_duplicates(self) -> None:
        """Insert the question into the row, with the answer already given."""
        answers = [(match.person.pk, f"To ta sama osoba: {match.label}") for match in self.matches]
        field = forms.ChoiceField(
            label="Być może to ta sama osoba",
            choices=[*answers, (self.none_of_them, "To inna osoba, wpisz nową")],
            widget=forms.RadioSelect(attrs={"data-look": "check"}),
        )
        sentence = (
            f"Sprawdź, czy {self.matches[0].person} to nie ta sama osoba." if self.needs_decision else ""
        )
        add_question_field(self, "identity", field, sentence)


class PeopleFormSet(BaseFormSet):
    """The people of a new family: at least one."""

    default_error_messages = BaseFormSet.default_error_messages | {
        "too_few_forms": "Wpisz co najmniej jedną osobę.",
        "too_many_forms": f"Na raz można wpisać {MAX_PEOPLE} osób. Następne dodasz na stronie Osoby.",
    }

    def clean(self):
        if sentence := repeated_pesel_refusal([row.person() for row in self.completed_rows()]):
            raise ValidationError(sentence)

    def _construct_form(self, i, **kwargs):
        form = super()._construct_form(i, **kwargs)
        form.prefilled = self.carried_initial(i) if self.is_bound else {}
        return form

    def carried_initial(self, number: int) -> dict:
        """Prefilled values of a row: the previous surname; "child" after a child or after both parents."""
        previous = [
            {name: self.data.get(f"{self.add_prefix(i)}-{name}", "") for name in ("last_name", "kinship")}
            for i in range(number)
            if not self.data.get(f"{self.add_prefix(i)}-DELETE")
        ]
        if not previous:
            return {}
        last, kinships = previous[-1], {row["kinship"] for row in previous}
        child = Kinship.CHILD if kinships >= PARENTS else ""
        return {
            "last_name": last["last_name"],
            "kinship": last["kinship"] if last["kinship"] in CHILDREN else child,
        }

    def completed_rows(self) -> list[PersonRowForm]:
        """Valid rows with a person in them."""
        rows = [row for row in self.forms if not self._should_delete_form(row)]
        return [row for row in rows if row.is_valid() and row.has_changed()]


class PeopleFormSetLayout:
    """Layout element that renders the formset of people."""

    def render(self, form, context, **kwargs):
        return render_to_string("intake/_people_rows.html", {"formset": form.formsets["people"]})


class OpenCaseForm(PostalAddressForm):
    """A new family."""

    error_title = "Rodziny nie zapisano."
    submit_label = "Załóż teczkę"
    past_days = ("since",)
    row_name = "Osoba"
    fields_below_rows = FIELDS_BELOW_PEOPLE
    formset_classes = {
        "people": formset_factory(
            PersonRowForm,
            formset=PeopleFormSet,
            extra=0,
            min_num=1,
            validate_min=True,
            max_num=MAX_PEOPLE,
            validate_max=True,
            absolute_max=100,  # removed rows are sent too
            can_delete=True,
        )
    }

    name = forms.CharField(
        label="Nazwa rodziny",
        max_length=160,
        required=False,
        help_text="Gdy zostawisz puste, powstanie z nazwiska pierwszej osoby, np. Kowalscy.",
    )
    since = PastDayField(label="Od kiedy dane są aktualne")
    homeless = forms.BooleanField(label="Rodzina nie ma stałego adresu", required=False)
    second_street = as_optional(POSTAL_ADDRESS_FIELDS["street"])
    second_house = as_optional(POSTAL_ADDRESS_FIELDS["house"])
    second_flat = as_optional(POSTAL_ADDRESS_FIELDS["flat"])
    second_postal_code = as_optional(POSTAL_ADDRESS_FIELDS["postal_code"])
    second_locality = as_optional(POSTAL_ADDRESS_FIELDS["locality"])
    social_worker = forms.ModelChoiceField(
        User.objects.none(),
        label="Prowadzący pracownik socjalny",
        required=False,
        empty_label="pracownik socjalny rejonu",
        help_text="Jeśli nie wybierzesz, sprawę poprowadzi pracownik socjalny rejonu; gdy nie da się go ustalić, "
        "wskażesz go później.",
    )
    category = category_field()
    problems = problems_field("Zaznacz te, które już widać")

    def __init__(self, *args, social_workers, find_duplicates, find_similar_families, today, **kwargs):
        self.find_similar_families = find_similar_families
        formset_kwargs = {"people": {"today": today, "find_duplicates": find_duplicates}}
        super().__init__(*args, today=today, formset_kwargs=formset_kwargs, **kwargs)
        self.fields["social_worker"].queryset = social_workers
        self.fields[
            "region"
        ].help_text = "Sprawdź, czy zgadza się z adresem: rejon decyduje, kto widzi teczkę."
        self.fields["locality"].required = False  # required in clean() unless the family is homeless

    def layout(self):
        has_second_address = any(self.data.get(name) for name in SECOND_ADDRESS_FIELDS)
        return [
            form_section("Rodzina", side_by_side("name", "since")),
            form_section("Adres zamieszkania", *address_layout(), "region", "homeless"),
            PeopleFormSetLayout(),
            form_section(
                "Drugie gospodarstwo",
                HTML(
                    f'<details class="fold"{" open" if has_second_address else ""}><summary>Wpisz drugi adres</summary>'
                ),
                *address_layout("second_"),
                HTML("</details>"),
                note="Gdy ktoś z rodziny mieszka gdzie indziej albo na przemian, np. drugi rodzic. "
                "Kto tam mieszka, zaznacz wyżej, przy osobach.",
            ),
            form_section("Prowadzenie", "social_worker", "category"),
            form_section("Problemy", "problems"),
        ]

    def clean(self):
        data = super().clean()
        people = self.formsets["people"].completed_rows()
        if not data.get("name") and people:
            first = people[0].person()
            data["name"] = suggest_family_name(first.last_name, masculine=first.sex == Sex.MALE)
        if not data.get("homeless") and not data.get("locality") and "locality" not in self.errors:
            self.add_error("locality", "Wpisz miejscowość albo zaznacz, że rodzina nie ma stałego adresu.")
        if sentence := homeless_refusal(data):
            self.add_error("homeless", sentence)
        if any(data.get(name) for name in SECOND_ADDRESS_FIELDS):
            self.validate_second_address(data, people)
        self.ask_about_people(people)
        if not {"name", "locality"} & set(self.errors):
            self.ask_about_family(data)
        return data

    def ask_about_people(self, people) -> None:
        """Ask for confirmation of unlikely entries, such as two mothers or the same child twice."""
        unlikely = join_list(unlikely_entries([row.cleaned_data for row in people]))
        if unlikely:
            field = confirmation_field(
                "Czy na pewno?", unlikely, "Tak, tak ma być", f"Według tego formularza {unlikely}."
            )
            sentence = f"Sprawdź: {unlikely}. Popraw albo potwierdź."
            add_question_field(self, "sure", field, "" if is_confirmed(self, "sure", unlikely) else sentence)

    def ask_about_family(self, data) -> None:
        """Ask whether a similar family within the user's scope is the same one."""
        families = self.find_similar_families(data["name"], data["locality"])
        if not families:
            return
        answer = "inna:" + ",".join(str(family.pk) for family in families)
        links = [
            (reverse("families:overview", args=[family.pk]), family_with_members_text(family))
            for family in families
        ]
        hint = format_html_join(mark_safe("<br>"), '<a href="{}" class="tap">{}</a>', links)
        field = confirmation_field(
            "Taka rodzina już jest", answer, "To inna rodzina, załóż nową teczkę", hint
        )
        sentence = f"Sprawdź, czy {families[0]} w tej miejscowości to nie ta sama rodzina."
        add_question_field(
            self, "other_family", field, "" if is_confirmed(self, "other_family", answer) else sentence
        )

    def validate_second_address(self, data, people) -> None:
        if not data.get("second_locality"):
            self.add_error("second_locality", "Wpisz miejscowość drugiego gospodarstwa.")
        if people and not any(row.cleaned_data["stay"] != LivingArrangement.HERE for row in people):
            self.add_error(
                "second_locality",
                "Nikt tam nie mieszka. Zaznacz przy osobie „gdzie indziej” albo „na przemian”.",
            )

    def case_data(self) -> CaseData:
        """The data of the new family; the caller chooses the region's social worker when none was selected."""
        data = self.cleaned_data
        return CaseData(
            name=data["name"],
            since=data["since"],
            people=[
                MemberData(
                    person=row.person(),
                    kinship=row.cleaned_data["kinship"],
                    stay=row.cleaned_data["stay"],
                )
                for row in self.formsets["people"].completed_rows()
            ],
            address={} if data["homeless"] else self.address_columns(),
            second_address=self.address_columns("second_") if data["second_locality"] else {},
            category=data["category"],
            problems=data["problems"],
            social_worker=data["social_worker"],
        )


REPEATED_PARENT_TEXTS = {
    Kinship.MOTHER: "w rodzinie są dwie matki",
    Kinship.FATHER: "w rodzinie jest dwóch ojców",
}


def unlikely_entries(people: list[dict]) -> list[str]:
    """Texts of unlikely combinations among the cleaned person rows: "w rodzinie są dwie matki"."""
    kinships = Counter(person["kinship"] for person in people)
    texts = [text for kinship, text in REPEATED_PARENT_TEXTS.items() if kinships[kinship] > 1]
    names = Counter(
        (fold(f"{person['first_name']} {person['last_name']}"), person["born_on"]) for person in people
    )
    for person in people:
        name = f"{person['first_name']} {person['last_name']}"
        if names.pop((fold(name), person["born_on"]), 0) > 1:
            texts.append(f"{name} jest na liście dwa razy")
    return texts
