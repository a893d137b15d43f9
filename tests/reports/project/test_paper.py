"""The report of a project on paper: what it says, its tables and charts, what it leaves out, its working copy."""

from datetime import date
from types import SimpleNamespace

import pytest

from lubsko_ops.audit.history import save_with_history
from lubsko_ops.core import clock
from lubsko_ops.core.dates import Period
from lubsko_ops.output.documents import render_pdf
from lubsko_ops.output.issued_papers import paper_context
from projects.choices import ParticipationStepKind as Step
from projects.choices import Takes
from projects.models import BudgetLine, Edition, PlannedAction, SpecificGoal
from reports.freezing import paper_of
from reports.models import ProjectReportText, join_texts
from reports.project.kind import UNAPPROVED, working_copy_html
from reports.project.render.pdf import CHART_HEIGHT, build_context
from reports.project.statement import build_project_statement
from tests.factories import TODAY
from tests.families.visits.helpers import make_visit
from tests.lubsko_ops.output.conftest import embedded_fonts, pdf_text, validation_errors, without_spaces
from tests.page import Page, page_text
from tests.projects.helpers import make_approved
from tests.projects.participants.helpers import FIRST, enrol_one, make_running_with_group, step
from tests.reports.project.test_project_report import WHY, approve, late_attendance

WHOLE = Period(FIRST, TODAY)
OTHER_TEXTS = [
    ("Przebieg", "Trzy spotkania.\nWnioski i rekomendacje\nbędą na końcu."),
    ("Czego nie zrobiono i dlaczego", "Wyjazdu nie było: zabrakło autobusu."),
    ("Wnioski i rekomendacje", "Warto powtórzyć jesienią."),
]


def statement_of(edition, period=WHOLE):
    return build_project_statement(Edition.objects.get(pk=edition.pk), period)


def context_of(statement, texts=()):
    values = {"locality": "Lubsko", "on": TODAY, "version": UNAPPROVED, "is_approved": False}
    return build_context(statement, texts=list(texts), **values)


def html_of(statement, **texts) -> str:
    return working_copy_html(statement, text=ProjectReportText(**texts), issued=None)


# ---- it works ----------------------------------------------------------------------------------------
def test_the_whole_paper_is_accessible(full):
    html = html_of(full, course="Odbyły się dwa spotkania.", conclusions="Warto powtórzyć.")
    content = render_pdf(html)
    for standard in ("pdf/ua-1", "pdf/a-3a"):
        assert validation_errors(content, standard) == []
    assert {name.split("-")[0] for name in embedded_fonts(content)} == {"Lato"}
    text = without_spaces(pdf_text(content))
    for expected in (
        "Sprawozdanie częściowe z projektu socjalnego",
        "„To w rodzinie wszystko się zaczyna”",
        "Projekt sprawozdania, niezatwierdzony",
        "Odbyły się dwa spotkania.",
        "Tabela 1. Uczestnictwo",
        "Średnia frekwencja, w % (2 z 3 możliwych obecności)",
        "66,7",
        "Uczestnicy według płci i wieku",
        "w tym: podjęcie pracy",
        "Rys. 1. Ankieta: wynik po wyższy niż przed w 6 z 6 pytań",
        "Praca z rodzinami",
        "Budżet",
        "Razem",
        "2 460,00",
        "Załącznik. Definicje i objaśnienia",
        "Sporządził(a)",
        "Zatwierdzam: kierownik ośrodka",
        "Strona 1 z",
    ):
        assert without_spaces(expected) in text, expected
    assert "Danuta" not in pdf_text(content), "the paper names no participants"


def test_tables_have_headers_and_follow_one_numbering(full):
    page = Page(html_of(full))
    tables = page.all("table")
    for table in tables:
        assert table.all("caption") and table.all("th", scope="col") and table.all("th", scope="row")
    numbers = [each.text for each in page.all("span", class_="no")]
    expected = [f"Tabela {number}." for number in range(1, len(tables))]  # the annex has none
    assert [each for each in numbers if each.startswith("Tabela")] == expected
    assert [each for each in numbers if each.startswith("Rys.")] == ["Rys. 1.", "Rys. 2."]


def test_plan_beside_what_came_of_it(full):
    PlannedAction.objects.filter(edition=full.edition).update(meetings=9, hours=18)
    rows = {row["name"]: row for row in context_of(statement_of(full.edition))["course_table"]["rows"]}
    expected = {"Uczestnicy": ("8", "2"), "Odbyte spotkania": ("18", "2"), "Godziny spotkań": ("36,0", "4,0")}
    assert {name: (rows[name]["plan"], rows[name]["text"]) for name in expected} == expected


def test_reasons_stand_below_those_who_broke_off_and_zeros_are_left_out(full):
    context = context_of(full)
    names = [row["name"] for row in context["course_table"]["rows"]]
    place = names.index("Przerwane udziały")
    assert names[place + 1] == "w tym: podjęcie pracy" and names[place + 2] == "Odbyte spotkania"
    people = [row["name"] for row in context["people"]["rows"]]
    assert "w tym kobiety" in people and "w tym mężczyźni" not in people and "w tym dzieci" not in people


def test_every_number_is_explained_with_its_table(full):
    context = context_of(full)
    explained = {each["name"]: each["table"] for each in context["definitions"]}
    titles = {each.name: each.title.removeprefix("w tym ") for each in full.catalogue.values()}
    for table in ("course_table", "people", "work"):
        for row in context[table]["rows"]:
            assert titles[row["name"].split(", w %")[0]] in explained, row["name"]
    assert explained["Godziny wizyt"] == context["work"]["number"]


def test_budget(full):
    line = BudgetLine.objects.filter(edition=full.edition).first()
    BudgetLine.objects.filter(pk=line.pk).update(difference="Farby były tańsze.")
    budget = context_of(statement_of(full.edition))["budget"]
    first = budget["rows"][0]
    assert first["spent"] == "340,00" and first["difference"].startswith("−")
    assert first["explanation"] == "Farby były tańsze."
    assert (budget["planned"].replace("\xa0", " "), budget["spent"]) == ("2 460,00", "340,00")
    assert budget["difference"].replace("\xa0", " ") == "−2 120,00"


def test_indicators_have_words(full):
    rows = context_of(full)["indicators"]["rows"]
    for row, each in zip(rows, full.indicators, strict=True):
        assert row["standing"] == each.standing and row["place"] == each.goal.position


# ---- texts -------------------------------------------------------------------------------------------
def test_an_issue_has_the_texts_of_the_action(project, tomasz, maria):
    report = approve(project, tomasz, maria, text=join_texts(OTHER_TEXTS))
    context = paper_context(paper_of(report))
    shown = [(each["heading"], each["text"]) for each in context["course"] + context["closing"]]
    assert shown == OTHER_TEXTS
    assert context["version"] == "zatwierdzone, wydanie pierwsze"
    assert (context["prepared_by"], context["approved_by"]) == (str(tomasz), str(maria))


def test_a_correction_says_what_changed(project, tomasz, maria):
    approve(project, tomasz, maria)
    late_attendance(project, tomasz)
    context = paper_context(paper_of(approve(project, tomasz, maria, reason=WHY)))
    assert context["version"] == "zatwierdzone, korekta nr 1"
    assert context["correction"]["reason"] == WHY


def test_texts_are_not_markup(project):
    html = html_of(statement_of(project.edition), course="<b>nie</b> & <script>")
    assert "<b>nie" not in html and "<script" not in html and "&lt;b&gt;nie" in html


# ---- what there is not is left out -------------------------------------------------------------------
def test_of_a_project_without_anything(tomasz, maria, centre_row):
    edition = make_approved(tomasz, maria, starts_on=FIRST, ends_on=None)
    BudgetLine.objects.filter(edition=edition).update(name="", amount=None, price=None)
    SpecificGoal.objects.filter(edition=edition).update(goal="", indicator="")
    statement = statement_of(edition)
    context = context_of(statement)
    for name in ("people", "indicators", "attendance", "work", "events", "budget"):
        assert context[name] is None, name
    assert context["surveys"] == context["course"] == context["closing"] == []
    html = html_of(statement)
    for heading in ("Przebieg", "Czego nie zrobiono", "Wnioski", "Rys.", "Budżet", "Tabela 2"):
        assert heading not in page_text(html), heading
    assert validation_errors(render_pdf(html), "pdf/ua-1") == []


def test_of_work_with_families_alone(centre_row, kowalscy, tomasz, maria, anna):
    edition, work = make_running_with_group(tomasz, maria, kind="family_work", takes=Takes.FAMILIES)
    whole = enrol_one(edition, work, kowalscy, by=tomasz, on=FIRST, whole=True)
    for kind in (Step.QUALIFY, Step.BEGIN):
        step(whole, kind, by=maria, on=FIRST)
    make_visit(kowalscy, anna, date(2026, 10, 6))
    PlannedAction.objects.filter(edition=edition).update(meetings=None, hours=None)
    statement = statement_of(edition)
    context = context_of(statement)
    names = [row["name"] for row in context["course_table"]["rows"]]
    assert names == ["Rodziny", "Rozpoczęte udziały", "Ukończone udziały", "Przerwane udziały"]
    assert context["attendance"] is None
    assert {row["name"]: row["text"] for row in context["work"]["rows"]}["Wizyty u rodzin"] == "1"
    names = [row["name"] for row in context["people"]["rows"]]
    assert context["people"]["title"] == names[0] == "Rodziny" and not {"Uczestnicy", "w tym kobiety"} & set(
        names
    )
    if edition.places:
        assert (
            statement.planned["rodziny-w-projekcie"] == edition.places
            and "uczestnicy" not in statement.planned
        )
    assert validation_errors(render_pdf(html_of(statement)), "pdf/ua-1") == []


def test_few_meetings_are_a_table_and_more_a_chart(full):
    assert [row["came"] for row in context_of(full)["attendance"]["rows"]] == ["1", "1"]
    full.__dict__["meetings"] = full.meetings * 3
    assert len(context_of(full)["attendance"]["chart"]["rows"]) == 6


def test_a_survey_of_many_long_questions_goes_on_in_the_next_chart(full):
    result = full.surveys[0]
    long = [
        SimpleNamespace(
            question=SimpleNamespace(text="Bardzo długie pytanie " * 12, position=each),
            is_yes_no=False,
            before=result.questions[0].before,
            after=result.questions[0].after,
            only=None,
        )
        for each in range(30)
    ]
    result.questions[:] = long
    figures = context_of(full)["surveys"]
    sizes = [len(each["chart"][0]["rows"]) for each in figures]
    assert sum(sizes) == 30 and len(sizes) > 2 and max(sizes) - min(sizes) <= len(sizes)
    assert figures[1]["caption"].endswith("ciąg dalszy")
    heights = [float(each["height"]) for each in Page(html_of(full)).all("svg")]
    assert max(heights) < CHART_HEIGHT + 150, "with its caption and note on one page"


# ---- which report it is ------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("ends_on", "period", "kind", "year"),
    [
        (TODAY, WHOLE, "końcowe", ""),
        (date(2027, 6, 30), WHOLE, "częściowe", ""),
        (date(2027, 6, 30), Period(FIRST, date(2026, 12, 31)), "częściowe", 2026),
        (date(2027, 6, 30), Period(date(2027, 1, 1), date(2027, 6, 30)), "częściowe", 2027),
        (None, Period(FIRST, date(2026, 12, 31)), "częściowe", 2026),
    ],
)
def test_final_or_partial(project, ends_on, period, kind, year):
    Edition.objects.filter(pk=project.edition.pk).update(ends_on=ends_on)
    context = context_of(statement_of(project.edition, period))
    assert context["kind"] == f"Sprawozdanie {kind} z projektu socjalnego"
    assert context["year"] == year
    title = page_text(html_of(statement_of(project.edition, period)))
    assert (f"„To w rodzinie wszystko się zaczyna” za {year} r." in title) == bool(year)


# ---- the working copy --------------------------------------------------------------------------------
def pdf_url(project, query="") -> str:
    return f"/projekty/{project.edition.pk}/sprawozdanie.pdf{query}"


def test_working_copy(as_maria, project, tomasz):
    Edition.objects.filter(pk=project.edition.pk).update(ends_on=date(2026, 12, 31))
    days = {"starts_on": FIRST, "ends_on": date(2026, 12, 31)}
    row = ProjectReportText(edition=project.edition, course="Idzie dobrze.", **days)
    save_with_history(row, by=tomasz, why="Teksty")
    response = as_maria.get(pdf_url(project))
    name = f"sprawozdanie-projektu-{project.edition.pk}.pdf"
    assert response["Content-Disposition"] == f'inline; filename="{name}"'
    text = without_spaces(pdf_text(response.content))
    for expected in (UNAPPROVED, "Idzie dobrze.", "częściowe"):
        assert without_spaces(expected) in text, expected
    assert f"-{2026}.pdf" in as_maria.get(pdf_url(project, "?rok=2026"))["Content-Disposition"]


def test_working_copy_after_the_approval(client, project, tomasz, maria):
    Edition.objects.filter(pk=project.edition.pk).update(ends_on=date(2027, 6, 30))
    with clock.freeze_time(date(2027, 1, 5)):
        approve(project, tomasz, maria, period=Period(FIRST, date(2026, 12, 31)))
        client.force_login(maria)
        text = without_spaces(pdf_text(client.get(pdf_url(project, "?rok=2026")).content))
    assert without_spaces("wydanie pierwsze zatwierdzono 05.01.2027 r.") in text


def test_the_link_shows_that_it_is_being_made(as_maria, project):
    response = as_maria.get(pdf_url(project, "?powstaje=1"))
    assert response["Content-Type"].startswith("text/html") and "Plik powstaje" in response.text


# ---- stranger, wrong role, bad input -----------------------------------------------------------------
@pytest.mark.parametrize("extension", ["pdf", "xlsx"])
def test_who_may_not(client, jan, olga, project, extension):
    for user, status in ((jan, 403), (olga, 404)):
        client.force_login(user)
        url = f"/projekty/{project.edition.pk}/sprawozdanie.{extension}"
        assert client.get(url).status_code == status, user


@pytest.mark.parametrize("extension", ["pdf", "xlsx"])
@pytest.mark.parametrize("query", ["rok=2025", "rok=x", "rok=-1"])
def test_a_year_it_did_not_run(as_maria, project, extension, query):
    url = f"/projekty/{project.edition.pk}/sprawozdanie.{extension}?{query}"
    assert as_maria.get(url).status_code == 404


def test_before_it_begins(as_maria, tomasz, maria, centre_row):
    edition = make_approved(tomasz, maria, starts_on=date(2026, 12, 1), ends_on=None)
    for extension in ("pdf", "xlsx"):
        assert as_maria.get(f"/projekty/{edition.pk}/sprawozdanie.{extension}").status_code == 404
