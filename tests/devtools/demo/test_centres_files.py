"""The data files of the other demo centres against what the centres themselves wrote: each fact beside its sentence."""

import re
import tomllib
from datetime import date

import pytest

from tests.devtools.demo.centre_files import CENTRES, FOLDER, all_texts, centre_data, flat, group, projects_of

# ---- Bolesławiec -------------------------------------------------------------------------------------
BOLESLAWIEC = [
    "Ustawa z dnia 9 czerwca 2011 r. o wspieraniu rodziny i systemie pieczy zastępczej kładzie główny nacisk na "
    "utrzymanie dzieci w ich naturalnym środowisku, a więc w rodzinie dziecka.",
    "Projekt „Asystent Rodziny” zakłada wzmocnienie działań profilaktycznych i doskonalenie metod pracy z rodziną na "
    "rzecz pozostawienia w niej dziecka.",
    "Zakłada również wprowadzenie i wzmocnienie, w ramach profilaktyki, działań asystentów rodziny, których zadaniem "
    "będzie prowadzenie systematycznej, bezpośredniej pracy z rodziną mającą trudności w prawidłowym funkcjonowaniu.",
    "Ma również na celu doskonalić i rozwijać współpracę pomiędzy przedstawicielami instytucji (m.in. szkoły, policji, "
    "służby zdrowia, pomocy społecznej, sądów ), które mają kontakt z dzieckiem i jego rodziną, w celu wspomagania "
    "rodziny w działaniach na rzecz poprawy jej sytuacji.",
    "Pierwszym i najważniejszym elementem tego projektu jest gmina i jej działania służące udzieleniu rodzinie "
    "wszechstronnej pomocy, tak aby mogła ona poradzić sobie z doznawanymi trudnościami i w efekcie by nie doszło do "
    "interwencji w postaci umieszczenia dziecka w pieczy zastępczej.",
    "Działania te ustawodawca nazywa „wspieraniem rodziny” i mogą one mieć charakter działań profilaktycznych "
    "(uprzedzających wystąpienie niepożądanych skutków w funkcjonowaniu rodziny) lub zmierzających do reintegracji "
    "rodziny.",
    "Projektem są objęte rodziny, które potrzebują wsparcia i wyrażają chęć uczestnictwa.",
    "Asystent rodziny wykonuje prace w miejscu zamieszkania rodziny oraz innych miejscach "
    "aktywności społecznej rodziny.",
]


@pytest.mark.parametrize("sentence", BOLESLAWIEC)
def test_boleslawiec_is_written_in_the_words_of_the_centre(sentence):
    assert sentence in all_texts(projects_of("boleslawiec")["Asystent Rodziny"])


def test_boleslawiec_ran_for_one_month_at_its_address():
    """„W okresie od 01.08.2012 r do 31.08.2012 r jest realizowany przez MOPS w Bolesławcu przy ul. Cichej 7 …”"""
    (row,) = projects_of("boleslawiec").values()
    assert (row["title"], row["starts_on"], row["ends_on"]) == (
        "Asystent Rodziny",
        date(2012, 8, 1),
        date(2012, 8, 31),
    )
    assert "ul. Cicha 7" in row["texts"]["place"]
    assert centre_data("boleslawiec")["centre"]["address_line"].startswith("ul. Cicha 7,")


def test_boleslawiec_plans_the_five_tasks_of_its_assistants():
    """„Zakres działania asystenta:” and its five lines, in their order."""
    (row,) = projects_of("boleslawiec").values()
    assert [each["name"] for each in row["actions"]] == [
        "prowadzenie treningu kompetencji w zakresie prowadzenia gospodarstwa domowego",
        "prowadzenie treningu budżetowego",
        "prowadzenie treningu kompetencji w zakresie dbania o zdrowie",
        "motywowanie do pogłębiania wiedzy o dziecku i aktywowanie uczestnictwa w różnych sferach jego życia",
        "prowadzenie kompetencji w zakresie organizacji czasu wolnego",
    ]
    assert [each["kind"] for each in row["groups"]] == ["family_work"]


def test_boleslawiec_asks_for_need_and_wish_alone():
    """„rodziny, które potrzebują wsparcia i wyrażają chęć uczestnictwa”"""
    (row,) = projects_of("boleslawiec").values()
    assert [each["text"] for each in row["criteria"]] == [
        "rodzina potrzebuje wsparcia",
        "rodzina wyraża chęć uczestnictwa",
    ]


def test_boleslawiec_counts_its_hours_from_the_visits():
    """Nobody types the hours of the project: they are those of its visits, and the target can be reached."""
    (row,) = projects_of("boleslawiec").values()
    hours = row["goals"][1]
    assert hours["computed_by"] == "godziny-wizyt-projektu" and "readings" not in hours
    text = (FOLDER / "boleslawiec" / "families.toml").read_text(encoding="utf-8")
    families = tomllib.loads(text)["family"]
    visits = [each for family in families for each in family["visits"]["scripted"]]
    assert all(row["starts_on"] <= each["ago"] <= row["ends_on"] for each in visits)
    assert sum(each["minutes"] for each in visits) >= 60 * int(hours["target"])
    with_contact = [each["key"] for each in families if each["visits"].get("contacts")]
    assert str(len(with_contact)) == row["goals"][2]["readings"][-1]["value"]


# ---- Mokotów -----------------------------------------------------------------------------------------
MOKOTOW = [
    "Uczestnikami projektu są osoby w wieku 18–64 lat, głównie bezrobotne i nieaktywne zawodowo "
    "oraz ich rodziny, które "
    "korzystają ze wsparcia OPS.",
    "Zasadniczym wsparciem udzielanym w Projekcie jest praca asystenta rodziny, który w odróżnieniu od pracownika "
    "socjalnego (biorącego również czynny udział w pracy z rodzinami) nie ma uprawnień do udzielania wsparcia "
    "finansowego.",
    "Towarzyszy i służy pomocą lecz nie zastępuje.",
    "Osobisty kontakt z prowadzonymi osobami/poszczególnymi członkami rodziny, w szczególności przez spotkania, które "
    "odbywają się w miejscu zamieszkania lub innymi miejscu ustalonym z daną osobą/rodziną;",
    "Diagnozowanie sytuacji rodziny w oparciu o rzetelne badanie potrzeb i możliwości;",
    "Opracowanie pomocowego planu pracy z rodzina i modyfikowanie go w trakcie pracy z rodziną i z jej udziałem;",
    "Wspieranie rodziny poprzez konsultacje i działania o charakterze edukacyjnym w szczególności w zakresie:",
    "Współpraca z pracownikiem socjalnym oraz innymi specjalistami pracującymi na rzecz poprawy sytuacji rodzinnej.",
    "W ramach Projektu przewidziane są również zajęcia z psychologiem (indywidualne i grupowe) oraz zajęcia "
    "terapeutyczne.",
    "Organizowane są wyjścia integracyjne dla rodzin, podczas których odbywają się zajęcia dla rodziców, dzieci oraz "
    "wspólne spotkania z psychologiem, terapeutą i pedagogiem.",
    "Projekt dostarcza uczestniczącym rodzinom odpowiednich narzędzi i umiejętności, wyćwiczenie ich, co umożliwia "
    "dokonanie trwałych zmian w środowisku.",
]


@pytest.mark.parametrize("sentence", MOKOTOW)
def test_mokotow_is_written_in_the_words_of_the_centre(sentence):
    assert sentence in all_texts(projects_of("mokotow")["Mokotowski Program Integracji Społecznej"])


def test_mokotow_runs_since_january_2012_without_an_end():
    """„Od stycznia 2012 roku … realizowanych jest Projekt systemowy pn. Mokotowski Program Integracji Społecznej.”"""
    (row,) = projects_of("mokotow").values()
    assert (row["starts_on"].year, row["starts_on"].month) == (2012, 1)
    assert not {"ends_on", "ended", "settled"} & row.keys()
    assert {each["year"] for each in row["reports"]} == {2012, 2013}


def test_mokotow_takes_people_from_18_to_64():
    """„Uczestnikami projektu są osoby w wieku 18 – 64 lat, głównie bezrobotne i nieaktywne zawodowo”"""
    (row,) = projects_of("mokotow").values()
    (age,) = [each for each in row["criteria"] if each.get("check_by") == "age"]
    assert (age["age_from"], age["age_to"]) == (18, 64)
    portions = [each["ages"] for each in row["people"] if "ages" in each]
    assert portions and all(18 <= first <= last <= 64 for first, last in portions)


def test_mokotow_supports_families_in_three_fields():
    """„1. prawidłowego wychowania … 2. promowanie zdrowego stylu życia … 3. gospodarowanie budżetem domowym …”"""
    (row,) = projects_of("mokotow").values()
    beginnings = (
        "prawidłowe wychowanie",
        "promowanie zdrowego stylu życia",
        "gospodarowanie budżetem domowym",
    )
    goals = [flat(each["goal"]) for each in row["goals"]]
    assert [goal.startswith(each) for goal, each in zip(goals, beginnings, strict=True)] == [True] * 3
    assert max(map(len, goals)) <= 300


def test_mokotow_has_meetings_with_a_psychologist_therapy_and_outings_of_families():
    """„zajęcia z psychologiem (indywidualne i grupowe) oraz zajęcia terapeutyczne … wyjścia integracyjne dla rodzin”"""
    (row,) = projects_of("mokotow").values()
    kinds = {each["kind"] for each in row["groups"]}
    assert kinds == {"family_work", "consultation", "group", "outing"}
    assert {each["takes"] for each in row["groups"] if each["kind"] == "outing"} == {"families"}
    assert group(row, "Zajęcia z psychologiem – indywidualne")["kind"] == "consultation"
    assert group(row, "Zajęcia terapeutyczne")["kind"] == "group"
    assert len(row["actions"]) == 5 + 4  # tasks of the assistant, and the other activities


# ---- Milicz ------------------------------------------------------------------------------------------
def test_milicz_ran_its_winter_holidays_on_their_days():
    """„W dniach od 28 stycznia do 8 lutego 2019 r. trwają ferie zimowe. Czas odpoczynku dla dzieci i młodzieży.”"""
    row = projects_of("milicz")["Ferie z Chatką Puchatka"]
    assert (row["starts_on"], row["ends_on"]) == (date(2019, 1, 28), date(2019, 2, 8))
    assert "Czas odpoczynku dla dzieci i młodzieży." in all_texts(row)
    (holidays,) = row["groups"]
    assert holidays["kind"] == "children"
    days = [each["day"] for each in holidays["days"]]
    assert len(days) == 10 and days == sorted(days) and all(day.weekday() < 5 for day in days)
    assert (days[0], days[-1]) == (row["starts_on"], row["ends_on"])
    assert "świetlica środowiskowa Chatka Puchatka" in row["texts"]["place"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Wspieranie rodzin, w szczególności tych, w których występują problemy opiekuńczo – wychowawcze.",
        "Pozostawienie rodzin bez fachowego wsparcia i różnorodnej pomocy specjalistycznej spowoduje wzrost zjawiska "
        "dalszej degradacji rodzin i skutkować będzie różnorodnymi konsekwencjami, którymi najbardziej zagrożone będą "
        "dzieci.",
        "Priorytetem wspierania rodziny jest zapewnienie odpowiednich warunków rozwoju dzieci, młodzieży oraz "
        "kształtowania wartości i norm związanych z ich wychowaniem.",
    ],
)
def test_milicz_justifies_the_holidays_in_the_words_of_the_centre(sentence):
    row = projects_of("milicz")["Ferie z Chatką Puchatka"]
    assert sentence in all_texts(row)
    assert "Program" not in all_texts(row)  # that of three years is something else


@pytest.mark.parametrize("year", [2018, 2019])
def test_milicz_collects_food_twice_a_year(year):
    """„Zbiórki Żywności - Bożonarodzeniowa i Wielkanocna. Jak co roku Ośrodek we współpracy z Caritas, Oddziałem …”"""
    row = projects_of("milicz")[f"Zbiórki Żywności {year}"]
    assert [each["name"] for each in row["groups"]] == [
        "Zbiórka Żywności Wielkanocna",
        "Zbiórka Żywności Bożonarodzeniowa",
    ]
    easter, christmas = (each["days"][0]["day"] for each in row["groups"])
    assert easter.month in (3, 4) and christmas.month in (11, 12) and {easter.year, christmas.year} == {year}
    counted = [day for each in row["groups"] for day in each["days"]]
    assert all({"people", "parcels", "kilograms", "volunteers"} <= day.keys() for day in counted)
    assert [each["computed_by"] for each in row["goals"]] == ["kilogramy", "paczki"]


def test_milicz_collects_with_its_partners_without_enrolment():
    """„we współpracy z Caritas, Oddziałem Rejonowym Polskiego Czerwonego Krzyża w Miliczu … dla najuboższych …”"""
    row = projects_of("milicz")["Zbiórki Żywności 2018"]
    assert [each["name"] for each in row["partners"]] == [
        "Caritas",
        "Oddział Rejonowy Polskiego Czerwonego Krzyża w Miliczu",
    ]
    assert {each["kind"] for each in row["groups"]} == {"event"} and "people" not in row
    assert row["texts"]["target_group"] == "Najubożsi mieszkańcy naszej Gminy."
    assert projects_of("milicz")["Zbiórki Żywności 2019"]["copy_of"] == row["key"]


# ---- all four ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("centre", CENTRES)
def test_a_centre_has_a_manager_and_two_workers(centre):
    roles = [each["role"] for each in centre_data(centre)["staff"]["people"]]
    assert [roles.count(role) for role in ("admin", "manager", "social_worker", "assistant")] == [1, 1, 1, 1]


@pytest.mark.parametrize("centre", CENTRES)
def test_what_is_invented_is_marked(centre):
    files = sorted((FOLDER / centre).glob("*.toml"))
    assert files and all("zmyślon" in path.read_text(encoding="utf-8").lower() for path in files)
    assert "## Zmyślone" in (FOLDER / centre / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("centre", CENTRES)
def test_the_only_real_telephones_are_those_for_enrolment_in_bemowo(centre):
    """Invented numbers have nothing but zeros after the prefix, or begin with three zeros."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted((FOLDER / centre).glob("*.toml")))
    numbers = re.findall(r"(?<!\d)\d{2,3}(?: \d{2,3}){2,3}(?!\d)", text)
    invented = re.compile(r"000 \d{3} \d{3}|\d{2} 000 00 \d{2}")
    real = {each for each in numbers if not invented.fullmatch(each)}
    bemowo = {"22 48 71 362", "22 487 13 12", "22 48 71 309", "662 003 658", "22 48 71 314"}
    assert real == (bemowo if centre == "bemowo" else set())


@pytest.mark.parametrize("centre", CENTRES)
def test_whatever_ended_has_an_approved_report(centre):
    for row in projects_of(centre).values():
        if "ended" in row:
            (report,) = row["reports"]
            assert row["ended"] <= report["presented"] <= report["approved"]
            assert report["presented_by"] != report["approved_by"]
