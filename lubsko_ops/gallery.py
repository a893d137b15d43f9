"""Component gallery (/galeria/): every component on one page, rendered by the real tags and forms. DEMO only."""

from datetime import date

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.forms import formset_factory
from django.http import Http404
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views import View

from lubsko_ops.audit.changes import FieldChange, RowChange
from lubsko_ops.core.form_layout import form_section, side_by_side
from lubsko_ops.core.forms import BaseForm, DayField
from lubsko_ops.output import chart
from lubsko_ops.output.documents import document_html, pdf_response
from lubsko_ops.output.print_sample import print_sample_context

TODAY = date(2026, 10, 13)

COLOURS = [
    ("papier", "--paper"),
    ("miejsce pisania", "--surface"),
    ("ciche tło", "--sunken"),
    ("linia", "--line"),
    ("brzeg pola", "--field-line"),
    ("tekst", "--ink"),
    ("tekst drugi", "--ink-2"),
    ("akcent", "--accent"),
    ("akcent, tło", "--accent-soft"),
    ("po terminie", "--late"),
    ("zbliża się", "--soon"),
    ("zrobione", "--done"),
]


class AgreementForm(BaseForm):
    """A repeated row."""

    what = forms.CharField(label="Co")
    who = forms.CharField(label="Kto", required=False)
    until = DayField(label="Do kiedy", required=False)


class SampleForm(BaseForm):
    """One control of each kind."""

    error_title = "Wizyty nie zapisano."
    submit_label = "Zapisz wizytę"
    formset_classes = {"ustalenia": formset_factory(AgreementForm, extra=0, can_delete=True)}

    day = DayField(label="Data", help_text="np. 13.10.2026")
    place = forms.ChoiceField(label="Miejsce", choices=[("d", "w domu"), ("o", "w ośrodku")])
    result = forms.ChoiceField(
        label="Wynik", choices=[("odbyta", "odbyta"), ("nieudana", "nieudana")], widget=forms.RadioSelect
    )
    areas = forms.MultipleChoiceField(
        label="Obszary",
        required=False,
        choices=[
            ("edukacja", "Edukacja dzieci"),
            ("mieszkanie", "Mieszkanie"),
            ("inne", [("zdrowie", "Zdrowie"), ("urzad", "Sprawy urzędowe")]),
        ],
        widget=forms.CheckboxSelectMultiple(attrs={"data-look": "chips"}),
    )
    present = forms.MultipleChoiceField(
        label="Kto był",
        choices=[("k", "Kacper\nsyn, 9 lat"), ("t", "Tomasz\nojciec"), ("z", "Zosia\ncórka, 4 lata")],
        widget=forms.CheckboxSelectMultiple(attrs={"data-look": "tiles"}),
    )
    reason = forms.ChoiceField(
        label="Dlaczego nie było rozmowy",
        required=False,
        choices=[("nikt", "nikogo nie zastano"), ("odmowa", "rodzina odmówiła"), ("inna", "inna przyczyna")],
        widget=forms.RadioSelect(attrs={"data-look": "check"}),
    )
    facts = forms.CharField(
        label="Co się działo",
        help_text="Fakty: co było widać i słychać, kto co powiedział.",
        widget=forms.Textarea(attrs={"class": "tall", "rows": 4}),
        error_messages={"required": "Opisz, co się działo."},
    )
    considered = forms.BooleanField(label="Uwzględniłam poprzednie ustalenia", required=False)

    def layout(self):
        return [
            form_section(
                "Kiedy i gdzie", side_by_side("day", "place"), "result", note="Wpisaliśmy to, co zwykle."
            ),
            form_section("Przebieg", "present", "areas", "reason", "facts", "considered"),
        ]


def sample_forms() -> dict:
    """An unbound form and a bound one with errors."""
    initial = {"day": TODAY, "result": "odbyta", "areas": ["edukacja"], "present": ["k"], "considered": True}
    rows = {"ustalenia": [{"what": "Złożyć wniosek o dodatek mieszkaniowy", "who": "Magdalena"}, {}]}
    wrong = {"b-day": "31.13.2026", "b-place": "d", "b-present": ["k"]}
    empty_rows = {"ustalenia-TOTAL_FORMS": "0", "ustalenia-INITIAL_FORMS": "0"}
    return {
        "fresh": SampleForm(initial=initial, formset_initial=rows),
        "wrong": SampleForm(wrong | empty_rows, prefix="b"),
    }


def sample_lists() -> dict:
    """Arguments of the list components."""
    return {
        "colours": COLOURS,
        "late": date(2026, 10, 8),
        "soon": date(2026, 10, 15),
        "far": date(2026, 11, 27),
        "views": [
            {"label": "W toku", "count": 58, "url": "#", "current": True},
            {"label": "Po terminie", "count": 3, "url": "#"},
        ],
        "sort_links": {"name": {"url": "#", "order": ""}, "due": {"url": "#", "order": "ascending"}},
        "chips": [{"label": "Rejon", "value": "miasto", "without": "#"}],
        "tasks": [
            {
                "name": "Okresowa ocena",
                "url": "#",
                "due": date(2026, 10, 8),
                "note": "Szkic sam się wypełnił.",
            },
            {"name": "Zgody: 2 z 2", "done": "zrobione 15.04.2024"},
        ],
        "facts": [
            {"term": "W domu", "value": "2 dorosłych, 2 dzieci"},
            {"term": "Telefon", "value": "", "url": "#", "fill": "dopisz numer"},
        ],
        "identity_facts": [
            {"term": "Adres", "value": "ul. Ogrodowa 7 m. 3"},
            {"term": "Podstawa", "value": "zgoda z 15.04.2024", "secondary": True},
            {"term": "Asystent", "value": "Anna Sikora"},
        ],
        "pages": [
            {"label": "Przegląd", "url": "#", "current": True},
            {"label": "Osoby", "url": "#"},
            {"label": "Historia", "url": "#"},
        ],
        "steps": [
            {"name": "Szkic", "note": "gotowy 05.10.2026", "state": "past"},
            {"name": "Do konsultacji", "note": "od 09.10.2026", "state": "now"},
            {"name": "Do akceptacji"},
            {"name": "Obowiązuje"},
        ],
        "events": [
            {"title": "Wizyta, 1 godz. 15 min", "note": "29.09.2026, Anna Sikora"},
            {"title": "Ocena czwarta: kontynuacja", "note": "08.04.2026", "key": True},
        ],
        "changed_row": RowChange(
            reason="Zmiana danych osoby",
            model_label="Osoba",
            name="Dorota Kowalska",
            validity="",
            changes=[FieldChange("Imię", "Dorota", "Danuta"), FieldChange("Telefon", "", "600 100 200")],
            kind="~",
        ),
        "numbers": [
            {"value": 18, "unit": "wizyt odbytych"},
            {"value": "23,5", "unit": "godziny"},
        ],
        "columns": chart.bars(
            "Wizyty odbyte", ["VII", "VIII", "IX", "X"], [41, 38, 46, 18], [35, 40, 39, 44], unit="w miesiącu"
        ),
        "places": chart.slots(14, 15, [3, 3, 3, 3, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1], title="14 z 15"),
        "course": chart.sparkline([2, 2, 3, 4], lowest=1, highest=5, title="Cztery oceny: 2, 2, 3, 4"),
    }


@method_decorator(login_not_required, name="dispatch")
class PrintSampleView(View):
    """The sample document, to test a printer."""

    makes_document = True

    def get(self, request):
        if not settings.DEMO:
            raise Http404
        return pdf_response(document_html("print/sample.html", print_sample_context()), "wydruk-probny.pdf")


@login_not_required
def gallery(request):
    """All components with invented data; needs no login."""
    if not settings.DEMO:
        raise Http404
    return render(request, "gallery.html", {"today": TODAY, **sample_forms(), **sample_lists()})
