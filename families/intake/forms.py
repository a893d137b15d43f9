"""The form of a new family: the family, its address and a second home, who leads it, its problems, its people."""

from crispy_forms.layout import HTML, Div
from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe

from families.choices import CHILDREN, PARENTS, Kinship, LivingArrangement, Sex
from families.intake.actions import CaseData, MemberData
from families.intake.questions import unlikely, words_of
from families.people.forms.address import address_layout, homeless_refusal
from families.people.forms.fields import (
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
from lubsko_ops.core.forms import DayField, collect_errors, form_section, side_by_side
from lubsko_ops.core.polish import join_list
from lubsko_ops.core.surnames import suggest_family_name
from lubsko_ops.core.templatetags.ui import is_deleted

MOST_PEOPLE = 30
SECOND = ("second_street", "second_house", "second_flat", "second_postal_code", "second_locality")
BELOW = (*SECOND, "social_worker", "category", "problems")  # fields that stand below the people
PLACE = PostalAddressForm.base_fields


class PersonRow(DuplicateCheckForm):
    """One person of the family. Somebody already known within reach is asked about in the row."""

    kinship = kinship_field()
    stay = stay_field()

    carried: dict = {}  # what the row began with, taken over from the rows before it

    def layout(self):
        return [
            Div("pesel", "first_name", "last_name", "kinship", css_class="person-row person-who"),
            Div(
                "born_on",
                "sex",
                "stay",
                "pesel_missing",
                "other_document",
                css_class="person-row person-facts",
            ),
        ]

    def has_changed(self):
        """A row with nothing but what was carried over into it is an empty row."""
        return any(self[name].value() != self.carried.get(name) for name in self.changed_data)

    def clean(self):
        data = super().clean()
        if not self.errors:
            self.settle()
            if self.matches:
                self.ask()
        return data

    def ask(self) -> None:
        """Put the question into the row, with the answer already given."""
        known = [(each.person.pk, f"To ta sama osoba: {each.words}") for each in self.matches]
        field = forms.ChoiceField(
            label="Być może to ta sama osoba",
            choices=[*known, (self.none_of_them, "To inna osoba, wpisz nową")],
            widget=forms.RadioSelect(attrs={"data-look": "check"}),
        )
        sentence = f"Sprawdź, czy {self.matches[0].person} to nie ta sama osoba." if self.undecided else ""
        add_question_field(self, "identity", field, sentence)


class PeopleRows(BaseFormSet):
    """The people of a new family: at least one."""

    default_error_messages = BaseFormSet.default_error_messages | {
        "too_few_forms": "Wpisz co najmniej jedną osobę.",
        "too_many_forms": f"Na raz można wpisać {MOST_PEOPLE} osób. Następne dodasz na stronie Osoby.",
    }

    def clean(self):
        if sentence := repeated_pesel_refusal([row.person_data() for row in self.filled()]):
            raise ValidationError(sentence)

    def _construct_form(self, i, **kwargs):
        form = super()._construct_form(i, **kwargs)
        form.carried = self.carried_to(i) if self.is_bound else {}
        return form

    def carried_to(self, number: int) -> dict:
        """What a row begins with: the surname of the row before; a child after a child and after both parents."""
        typed = [
            {name: self.data.get(f"{self.add_prefix(i)}-{name}", "") for name in ("last_name", "kinship")}
            for i in range(number)
            if not self.data.get(f"{self.add_prefix(i)}-DELETE")
        ]
        if not typed:
            return {}
        last, kinships = typed[-1], {each["kinship"] for each in typed}
        child = Kinship.CHILD if kinships >= PARENTS else ""
        return {
            "last_name": last["last_name"],
            "kinship": last["kinship"] if last["kinship"] in CHILDREN else child,
        }

    def filled(self) -> list[PersonRow]:
        """Rows with a person in them and without mistakes."""
        rows = [row for row in self.forms if not self._should_delete_form(row)]
        return [row for row in rows if row.is_valid() and row.has_changed()]


class People:
    """Where in the layout the rows of people stand."""

    def render(self, form, context, **kwargs):
        return render_to_string("families/intake/_people.html", {"formset": form.rows["people"]})


class NumbersPeople:
    """Sentences of the error summary in the order of the page; about a person they name the row."""

    def problems(self):
        found = collect_errors(self, without=BELOW)
        found += [("wiersze-people", sentence) for sentence in self.rows["people"].non_form_errors()]
        rows = [row for row in self.rows["people"].forms if not is_deleted(row)]
        for number, row in enumerate(rows, start=1):
            found += [(target, f"Osoba {number}: {sentence}") for target, sentence in collect_errors(row)]
        return found + collect_errors(self, only=BELOW)


class OpenCaseForm(NumbersPeople, PostalAddressForm):
    """A new family."""

    failure = "Rodziny nie zapisano."
    button = "Załóż teczkę"
    past_days = ("since",)
    row_sets = {
        "people": formset_factory(
            PersonRow,
            formset=PeopleRows,
            extra=0,
            min_num=1,
            validate_min=True,
            max_num=MOST_PEOPLE,
            validate_max=True,
            can_delete=True,
        )
    }

    name = forms.CharField(
        label="Nazwa rodziny",
        max_length=160,
        required=False,
        help_text="Gdy zostawisz puste, powstanie z nazwiska pierwszej osoby, np. Kowalscy.",
    )
    since = DayField(label="Od kiedy", help_text="Dzień, od którego znane są te dane.")
    homeless = forms.BooleanField(label="Rodzina nie ma stałego adresu", required=False)
    second_street = as_optional(PLACE["street"])
    second_house = as_optional(PLACE["house"])
    second_flat = as_optional(PLACE["flat"])
    second_postal_code = as_optional(PLACE["postal_code"])
    second_locality = as_optional(PLACE["locality"])
    social_worker = forms.ModelChoiceField(
        User.objects.none(),
        label="Prowadzący pracownik socjalny",
        required=False,
        empty_label="pracownik socjalny rejonu",
        help_text="Gdy nie wybierzesz, prowadzi jedyny pracownik socjalny wskazanego rejonu. Gdy nie ma rejonu "
        "albo jednej takiej osoby: pracownik socjalny, który zakłada teczkę, a przy innych nikt, do wskazania.",
    )
    category = category_field()
    problems = problems_field("Zaznacz te, które już widać")

    def __init__(self, *args, social_workers, finder, families_alike, today, **kwargs):
        self.families_alike = families_alike
        rows_kwargs = {"people": {"today": today, "finder": finder}}
        super().__init__(*args, today=today, rows_kwargs=rows_kwargs, **kwargs)
        self.fields["social_worker"].queryset = social_workers
        self.fields[
            "region"
        ].help_text = "Sprawdź, czy zgadza się z adresem: rejon decyduje, kto widzi teczkę."
        self.fields["locality"].required = False  # asked for in clean(), unless the family has no address

    def layout(self):
        typed = any(self.data.get(name) for name in SECOND)
        return [
            form_section("Rodzina", side_by_side("name", "since")),
            form_section("Adres zamieszkania", *address_layout(), "region", "homeless"),
            People(),
            form_section(
                "Drugie gospodarstwo",
                HTML(f'<details class="fold"{" open" if typed else ""}><summary>Wpisz drugi adres</summary>'),
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
        people = self.rows["people"].filled()
        if not data.get("name") and people:
            first = people[0].person_data()
            data["name"] = suggest_family_name(first.last_name, masculine=first.sex == Sex.MALE)
        if not data.get("homeless") and not data.get("locality") and "locality" not in self.errors:
            self.add_error("locality", "Wpisz miejscowość albo zaznacz, że rodzina nie ma stałego adresu.")
        if sentence := homeless_refusal(data):
            self.add_error("homeless", sentence)
        if any(data.get(name) for name in SECOND):
            self.clean_second(data, people)
        if not self.errors:
            self.ask_about_people(people)
            self.ask_about_family(data)
        return data

    def ask_about_people(self, people) -> None:
        """Two mothers, or one child twice: it may be true, so it is asked."""
        said = join_list(unlikely([row.cleaned_data for row in people]))
        if said:
            field = confirmation_field(
                "Czy na pewno?", said, "Tak, tak ma być", f"Według tego formularza {said}."
            )
            sentence = f"Sprawdź: {said}. Popraw albo potwierdź."
            add_question_field(self, "sure", field, "" if is_confirmed(self, "sure", said) else sentence)

    def ask_about_family(self, data) -> None:
        """A family of this name in this place, within the person's reach, may be the very same."""
        alike = self.families_alike(data["name"], data["locality"])
        if not alike:
            return
        answer = "inna:" + ",".join(str(each.pk) for each in alike)
        links = [(reverse("families:overview", args=[each.pk]), words_of(each)) for each in alike]
        hint = format_html_join(mark_safe("<br>"), '<a href="{}" class="tap">{}</a>', links)
        field = confirmation_field(
            "Taka rodzina już jest", answer, "To inna rodzina, załóż nową teczkę", hint
        )
        sentence = f"Sprawdź, czy {alike[0]} w tej miejscowości to nie ta sama rodzina."
        add_question_field(
            self, "other_family", field, "" if is_confirmed(self, "other_family", answer) else sentence
        )

    def clean_second(self, data, people) -> None:
        if not data.get("second_locality"):
            self.add_error("second_locality", "Wpisz miejscowość drugiego gospodarstwa.")
        if people and not any(row.cleaned_data["stay"] != LivingArrangement.HERE for row in people):
            self.add_error(
                "second_locality",
                "Nikt tam nie mieszka. Zaznacz przy osobie „gdzie indziej” albo „na przemian”.",
            )

    def case(self) -> CaseData:
        """The family as typed. The social worker of the region is found by the caller."""
        data = self.cleaned_data
        return CaseData(
            name=data["name"],
            since=data["since"],
            people=[
                MemberData(person=row.person_data(), kinship=data_of["kinship"], stay=data_of["stay"])
                for row in self.rows["people"].filled()
                for data_of in [row.cleaned_data]
            ],
            place={} if data["homeless"] else self.place(),
            second_place=self.place("second_") if data["second_locality"] else {},
            category=data["category"],
            problems=data["problems"],
            social_worker=data["social_worker"],
        )
