"""The data files of the demo centres against what the centres themselves wrote: each fact beside its sentence."""

import re
import tomllib
from datetime import date
from functools import cache
from pathlib import Path

import pytest

import devtools.demo

FOLDER = Path(devtools.demo.__file__).parent
CENTRES = ("bemowo", "milicz", "mokotow", "boleslawiec")
YEARS = range(2017, 2024)


@cache
def projects_of(centre: str) -> dict[str, dict]:
    """Projects as written, by title."""
    files = sorted((FOLDER / centre).glob("projects*.toml"))
    rows = [row for path in files for row in tomllib.loads(path.read_text(encoding="utf-8"))["projects"]]
    return {row["title"]: row for row in rows}


@cache
def centre_data(centre: str) -> dict:
    return tomllib.loads((FOLDER / centre / "centre.toml").read_text(encoding="utf-8"))


def flat(text: str) -> str:
    """The text with single spaces and without the signs of a list."""
    return " ".join(text.replace("•", " ").split())


def all_texts(row: dict) -> str:
    """Everything the document of a project says: texts, goals, actions, partners, groups."""
    pieces = [str(text) for text in row.get("texts", {}).values()]
    pieces += [each.get("goal", "") for each in row.get("goals", [])]
    pieces += [each.get("name", "") for each in (*row.get("actions", []), *row.get("partners", []))]
    pieces += [f"{each['name']}. {each.get('description', '')}" for each in row.get("groups", [])]
    return flat(" ".join(pieces))


def group(row: dict, beginning: str) -> dict:
    """The group whose name begins so."""
    (only,) = [each for each in row["groups"] if each["name"].startswith(beginning)]
    return only


# ---- Bemowo ------------------------------------------------------------------------------------------
BEMOWO = [
    "rodziny zamieszkujące w Dzielnicy Bemowo wychowujące dzieci do 18. roku życia i przeżywające różne trudności",
    "Mogą one wynikać z problemów opiekuńczo-wychowawczych, sytuacji wykluczenia społecznego, pozbawienia wsparcia w "
    "swoim środowisku lub innych sytuacji m.in.:",
    "konfliktu powodującego rozstanie rodziców,",
    "trudności wynikających z samotnego rodzicielstwa,",
    "niewłaściwych wzorców otrzymanych z rodziny pochodzenia.",
    "Celem projektu jest wzmocnienie kompetencji rodziców w obszarze umiejętności:",
    "Podejmowane działania mają zapobiegać umieszczaniu dzieci w pieczy zastępczej, a w sytuacji umieszczenia dziecka "
    "poza rodziną, prowadzić do powrotu dzieci pod opiekę rodziców, którzy osiągną oczekiwany poziom wywiązywania się z "
    "roli bezpiecznych opiekunów.",
    "Przyjęto taki model pracy z rodzinami, aby maksymalnie zintegrować pracę pracownika socjalnego i asystenta rodziny.",
    "Realizuje procedury Niebieskie Karty w rodzinach objętych wsparciem asystenta rodziny.",
    "W ramach projektu prowadzone jest poradnictwo specjalistyczne świadczone przez trzech konsultantów, w tym "
    "konsultantów psychologów i konsultanta pedagoga.",
    "Towarzyszą im w czasie wizyt domowych, wspólne opracowują diagnozy oraz plan pomocy, świadczą porady "
    "specjalistyczne.",
    "Zaplanowaliśmy i realizujemy dwie edycje (wiosenną i jesienną) zajęć warsztatowych pt. Szkoła dla rodziców.",
    "Skierowane są do rodziców zmotywowanych do podwyższania swoich umiejętności opiekuńczo-wychowawczych.",
    "Uczestnicy nabywają oraz uzupełniają umiejętności rodzicielskie.",
    "Usługi specjalistyczne obejmują pracę terapeutyczną z dziećmi w kierunku wyrównywania ich deficytów.",
    "Zgłoszenia przyjmowane są przez naszych specjalistów pod numerami telefonów: 22 48 71 362, 22 487 13 12, "
    "22 48 71 309, 662 003 658 lub 22 48 71 314.",
]


@pytest.mark.parametrize("sentence", BEMOWO)
def test_bemowo_is_written_in_the_words_of_the_centre(sentence):
    assert sentence.lower() in all_texts(projects_of("bemowo")["Rodzina 2017"]).lower()


def test_bemowo_has_an_edition_for_each_year_copied_from_the_one_before():
    """„Projekt jest kontynuacją działań podejmowanych cyklicznie przez OPS Bemowo od 2017 roku.”"""
    rows = projects_of("bemowo")
    assert list(rows) == [f"Rodzina {year}" for year in YEARS]
    assert [row.get("copy_of") for row in rows.values()] == [
        None,
        *(f"rodzina-{year}" for year in YEARS if year < 2023),
    ]
    assert all(
        row["starts_on"].year == row["ends_on"].year == year for year, row in zip(YEARS, rows.values())
    )
    sentence = "Projekt jest kontynuacją działań podejmowanych cyklicznie przez OPS Bemowo od 2017 roku."
    assert sentence in rows["Rodzina 2018"]["texts"]["justification"]
    assert "kontynuacją" not in rows["Rodzina 2017"]["texts"]["justification"]
    assert not any("justification" in rows[f"Rodzina {year}"]["texts"] for year in YEARS if year > 2018)


def test_bemowo_strengthens_three_skills():
    """„umiejętności: opiekuńczo-wychowawczych, tworzenia i pielęgnowania …, konstruktywnego rozwiązywania problemów …”"""
    skills = (
        "opiekuńczo-wychowawczych",
        "tworzenia i pielęgnowania pozytywnych, wspierających relacji w rodzinie",
        "konstruktywnego rozwiązywania problemów, właściwego reagowania na kryzys w oparciu o zasoby rodziny oraz "
        "możliwości wsparcia zewnętrznego",
    )
    for row in projects_of("bemowo").values():
        assert [skill in flat(each["goal"]) for skill, each in zip(skills, row["goals"], strict=True)] == [
            True
        ] * 3


def test_bemowo_has_four_parts_and_four_kinds_of_group_meetings():
    """„1. Praca socjalna i asysta rodzinna 2. Poradnictwo specjalistyczne 3. … wsparcia grupowego 4. Usługi …”"""
    row = projects_of("bemowo")["Rodzina 2017"]
    kinds = {each["name"]: each["kind"] for each in row["groups"]}
    assert kinds == {
        "Praca socjalna i asysta rodzinna": "family_work",
        "Poradnictwo specjalistyczne": "consultation",
        "Szkoła dla rodziców – wychowywać to kochać i wymagać (edycja wiosenna)": "workshop",
        "Szkoła dla rodziców – wychowywać to kochać i wymagać (edycja jesienna)": "workshop",
        "Wioska Kobiet": "group",
        "Senso-Ludki": "workshop",
        "Trening Umiejętności Społecznych": "training",
        "Usługi specjalistyczne": "children",
    }
    for later in YEARS[1:]:
        assert {each["name"] for each in projects_of("bemowo")[f"Rodzina {later}"]["groups"]} <= set(kinds)


def test_bemowo_wioska_kobiet_is_for_mothers_with_children_in_their_first_year():
    """„Grupa rozwojowa dla matek z dziećmi do 1. roku życia Wioska Kobiet”"""
    row = projects_of("bemowo")["Rodzina 2017"]
    wioska = group(row, "Wioska Kobiet")
    assert (wioska["takes"], wioska["age_unit"], wioska["age_from"], wioska["age_to"]) == (
        "pairs",
        "months",
        0,
        12,
    )
    for each in projects_of("bemowo").values():
        (portion,) = [people for people in each["people"] if people["group"] == "Wioska Kobiet"]
        assert set(portion["pairs"]) == {0} and "fathers" not in portion


def test_bemowo_has_three_consultants():
    """„trzech konsultantów, w tym konsultantów psychologów i konsultanta pedagoga”"""
    row = projects_of("bemowo")["Rodzina 2017"]
    assert len(group(row, "Poradnictwo")["leaders"]) == 3
    consultants = [each["role"] for each in row["staff"] if "konsultant" in each["role"]]
    assert sorted(consultants) == ["konsultant pedagog", "konsultant psycholog", "konsultant psycholog"]


def test_bemowo_takes_reports_at_five_telephones():
    """„pod numerami telefonów: 22 48 71 362, 22 487 13 12, 22 48 71 309, 662 003 658 lub 22 48 71 314”"""
    numbers = {"224871362", "224871312", "224871309", "662003658", "224871314"}
    written = projects_of("bemowo")["Rodzina 2017"]["texts"]["telephones"]
    assert {re.sub(r"\D", "", each) for each in re.split(",|lub", written)} == numbers
    assert not any("telephones" in projects_of("bemowo")[f"Rodzina {year}"]["texts"] for year in YEARS[1:])


def test_bemowo_pays_everything_itself():
    """„Projekt socjalny Rodzina 2023 finansowany jest ze środków OPS Bemowo.”"""
    lines = [line for row in projects_of("bemowo").values() for line in row["budget"]]
    assert {line["source"] for line in lines} == {"own"}
    resources = flat(projects_of("bemowo")["Rodzina 2023"]["texts"]["resources"])
    assert "Projekt socjalny Rodzina 2023 finansowany jest ze środków OPS Bemowo." in resources


@pytest.mark.parametrize("year", YEARS)
def test_bemowo_counts_as_many_parents_as_finish(year):
    """The first indicator is typed, and the same people can be counted in the lists."""
    row = projects_of("bemowo")[f"Rodzina {year}"]
    portions = [each for each in row["people"] if each["group"].startswith("Szkoła dla rodziców")]
    finished = [each["women"] + each.get("men", 0) - len(each.get("broke_off", [])) for each in portions]
    assert [each["value"] for each in row["goals"][0]["readings"]] == [str(finished[0]), str(sum(finished))]
    assert int(row["goals"][1]["readings"][-1]["value"]) <= sum(finished)


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
    "Asystent rodziny wykonuje prace w miejscu zamieszkania rodziny oraz innych miejscach aktywności społecznej rodziny.",
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
    "Uczestnikami projektu są osoby w wieku 18–64 lat, głównie bezrobotne i nieaktywne zawodowo oraz ich rodziny, które "
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
