"""Contacts: a call, a letter, a meeting in an institution; and what was done about a danger to a child."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import reverse

from families.dictionaries import ContactWay, ContactWith
from families.views import FamilyForm
from families.visits.actions import correct_contact, follow_danger, log_contact
from families.visits.models import Contact, DangerReport
from lubsko_ops import clock
from lubsko_ops.access import Permission
from lubsko_ops.forms import BaseForm, DayField, HourField, part, side_by_side
from lubsko_ops.polish import short_day
from lubsko_ops.reading import Part


class ContactForm(BaseForm):
    """Kiedy, jak i z kim; czego dotyczył."""

    failure = "Kontaktu nie zapisano."
    button = "Zapisz kontakt"

    day = DayField(label="Data")
    starts_at = HourField(label="Godzina", required=False)
    minutes = forms.IntegerField(
        label="Czas w minutach",
        required=False,
        min_value=1,
        max_value=720,
        error_messages={
            "invalid": "Wpisz liczbę minut, np. 15.",
            "min_value": "Wpisz co najmniej 1 minutę.",
            "max_value": "Kontakt dłuższy niż 12 godzin? Popraw liczbę minut.",
        },
    )
    way = forms.ChoiceField(label="Sposób", choices=ContactWay.choices)
    party = forms.ChoiceField(label="Z kim", choices=[("", "wybierz"), *ContactWith.choices])
    who = forms.CharField(label="Imię, nazwisko, funkcja", required=False, max_length=200)
    about = forms.CharField(
        label="Czego dotyczył i co ustalono", widget=forms.Textarea(attrs={"rows": 5}), max_length=20_000
    )

    def layout(self):
        return [
            part(
                "",
                side_by_side("day", "starts_at", "minutes", kind="three"),
                side_by_side("way", "party"),
                "who",
                "about",
            )
        ]


class OfContacts(FamilyForm):
    permission = Permission.CONTACT_LOG
    part = Part.VISITS
    page = "families:diary"
    form_class = ContactForm

    @classmethod
    def draft_words(cls, content):
        return content.get("day", [""])[0]

    def done(self, contact):
        words = f"{contact.get_way_display()}, {contact.get_party_display()}, {short_day(contact.day)}."
        return self.file_address("families:diary"), f"{self.said}: {words}"


class ContactNew(OfContacts):
    """A contact that has just happened."""

    title = "Nowy kontakt"
    said = "Zapisano kontakt"

    def initial(self):
        now = self.request.now.astimezone(clock.WARSAW)
        return {"day": self.request.today, "starts_at": f"{now:%H:%M}", "way": ContactWay.PHONE}

    def act(self, form):
        periods = list(self.family.periods.order_by("-starts_on"))
        if not periods:
            raise PermissionDenied("Praca z tą rodziną jeszcze się nie zaczęła.")
        day = form.cleaned_data["day"]
        period = next((row for row in periods if row.starts_on <= day), periods[-1])
        return log_contact(period=period, by=self.request.user, **form.cleaned_data)


class ContactEdit(OfContacts):
    """Correcting one's own contact."""

    title = "Popraw kontakt"
    said = "Poprawiono kontakt"

    def reach(self, pk, contact, **kwargs):
        super().reach(pk)
        self.contact = get_object_or_404(Contact.objects.filter(period__family=self.family), pk=contact)
        if self.contact.author_id != self.request.user.pk:
            raise PermissionDenied("Kontakt poprawia tylko ten, kto go wpisał.")

    def row(self):
        return self.contact

    def initial(self):
        return {name: getattr(self.contact, name) for name in ContactForm.base_fields}

    def act(self, form):
        return correct_contact(
            contact=self.contact,
            version=self.version_started_from(),
            by=self.request.user,
            **form.cleaned_data,
        )


class StepForm(BaseForm):
    """Co zrobiono w sprawie zagrożenia."""

    failure = "Nie zapisano."
    button = "Zapisz"

    day = DayField(label="Dzień")
    what = forms.CharField(
        label="Co zrobiono",
        help_text="Kto był, co sprawdził, co ustalono, kogo zawiadomiono.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=20_000,
        error_messages={"required": "Napisz, co zrobiono."},
    )
    closes = forms.BooleanField(label="Zagrożenie ustało", required=False)


class DangerFollow(FamilyForm):
    """The course of a danger: what was reported, what has been done, what one does now."""

    permission = Permission.DANGER_FOLLOW
    part = Part.VISITS
    page = "families:diary"
    form_class = StepForm
    title = "Zagrożenie bezpieczeństwa dziecka"
    template_name = "families/visits/danger.html"

    def reach(self, pk, report, **kwargs):
        super().reach(pk)
        rows = DangerReport.objects.filter(visit__period__family=self.family)
        self.report = get_object_or_404(rows.select_related("visit__assistant", "visit__period"), pk=report)

    def initial(self):
        return {"day": self.request.today}

    def act(self, form):
        return follow_danger(report=self.report, by=self.request.user, **form.cleaned_data)

    def done(self, step):
        words = "Zapisano, co zrobiono. Zagrożenie wymaga dalszego sprawdzenia."
        if step.closes:
            words = "Zapisano: zagrożenie ustało."
        return reverse("families:danger", args=[self.family.pk, self.report.pk]), words

    def get_context_data(self, **kwargs):
        steps = list(self.report.steps.select_related("entered_by").order_by("day", "pk"))
        return super().get_context_data(
            report=self.report, steps=steps, over=any(step.closes for step in steps), **kwargs
        )
