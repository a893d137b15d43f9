"""The data files of Bemowo against what the centre itself wrote: each fact beside its sentence."""

import re

import pytest

from tests.devtools.demo.centre_files import all_texts, flat, group, projects_of

YEARS = range(2017, 2024)


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
    "poza rodziną, prowadzić do powrotu dzieci pod opiekę rodziców, którzy osiągną oczekiwany "
    "poziom wywiązywania się z "
    "roli bezpiecznych opiekunów.",
    "Przyjęto taki model pracy z rodzinami, aby maksymalnie zintegrować pracę pracownika socjalnego "
    "i asystenta rodziny.",
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
        row["starts_on"].year == row["ends_on"].year == year
        for year, row in zip(YEARS, rows.values(), strict=True)
    )
    sentence = "Projekt jest kontynuacją działań podejmowanych cyklicznie przez OPS Bemowo od 2017 roku."
    assert sentence in rows["Rodzina 2018"]["texts"]["justification"]
    assert "kontynuacją" not in rows["Rodzina 2017"]["texts"]["justification"]
    assert not any("justification" in rows[f"Rodzina {year}"]["texts"] for year in YEARS if year > 2018)


def test_bemowo_strengthens_three_skills():
    """„umiejętności: opiekuńczo-wychowawczych, tworzenia i pielęgnowania …, konstruktywnego "
    "rozwiązywania problemów …”"""
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
