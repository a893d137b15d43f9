"""Families led by anna: eleven; she also stands in for julia and accompanies ewa in one she handed over.

Invented: no person, address, number or paper here exists.
"""

from devtools.demo.families.notation import Case, boy, father, girl, grandfather, grandmother, mother, town, village
from devtools.demo.families.steps import (
    also_based_on,
    begun,
    category_is,
    consent,
    court,
    ended,
    handed_over,
    led,
    moved,
    new_phone,
    opened,
    problems_are,
    registered,
)
from families.choices import Category, ClosingReason, PeselMissing, Problem, Stay

OF_ANNA = (
    # The family of most examples: mother alone with three children, the father in a village nearby.
    Case(
        "kowalscy",
        "Kowalscy",
        "Kowalska/Kowalski",
        town("Długa", "14", "2"),
        Category.AT_RISK,
        (Problem.HELPLESSNESS, Problem.LONE_PARENT, Problem.UNEMPLOYMENT),
        (
            mother("Danuta", 38, phone="000 600 101"),
            father("Piotr", 41, lives=village("Chocicz", "21"), phone="000 600 102"),
            girl("Zuzanna", 13),
            boy("Kacper", 9),
            girl("Lena", 4),
        ),
        (
            opened("24m15d"),
            begun("23m21d", "anna", consent("Danuta")),
            problems_are("11m8d", Problem.HELPLESSNESS, Problem.LONE_PARENT, Problem.POVERTY, by="anna"),
            new_phone("2m9d", "Danuta", "000 600 103", "odbiera po 15:00", by="anna"),
        ),
    ),
    Case(
        "zolkiewscy",
        "Żółkiewscy",
        "Żółkiewska/Żółkiewski",
        town("Wrzosowa", "7", "11"),
        Category.AT_RISK,
        (Problem.POVERTY, Problem.MANY_CHILDREN, Problem.HELPLESSNESS, Problem.ALCOHOL),
        (
            mother("Agnieszka", 40, phone="000 600 111"),
            father("Marek", 43),
            girl("Natalia", 17),
            boy("Dawid", 15),
            girl("Oliwia", 12),
            boy("Mikołaj", 8),
            girl("Pola", 5),
            boy("Ignacy", 2),
        ),
        (
            opened("3y3m4d"),
            begun("3y2m10d", "anna", consent("Agnieszka"), consent("Marek")),
            moved("14m8d", town("Bednarska", "22", "3"), by="anna"),
        ),
    ),
    # Obliged by the court; consent came only later.
    Case(
        "zielinscy",
        "Zielińscy",
        "Zielińska/Zieliński",
        town("Jaśminowa", "3", "5"),
        Category.AT_RISK,
        (Problem.ALCOHOL, Problem.HELPLESSNESS, Problem.UNEMPLOYMENT),
        (
            mother("Monika", 35, phone="000 600 121"),
            father("Mariusz", 39),
            boy("Jakub", 14),
            girl("Amelia", 10),
            boy("Oskar", 6),
        ),
        (
            opened("25m9d"),
            begun("24m8d", "anna", court("III Nsm 112")),
            registered("20m4d", town("Furmańska", "40", "8")),
            also_based_on("9m9d", consent("Monika")),
        ),
    ),
    # From Ukraine: no PESEL, three spellings of the surname, a passport and a birth certificate.
    Case(
        "szewczenkowie",
        "Szewczenkowie",
        "Szewczenko",
        town("os. Zielone", "4", "17"),
        Category.PASSING,
        (Problem.INTEGRATION, Problem.LONE_PARENT, Problem.POVERTY),
        (
            mother(
                "Oksana",
                34,
                phone="000 600 131",
                no_pesel=PeselMissing.FOREIGNER,
                document="paszport FX000000",
                spellings=("Oksana Shevchenko", "Оксана Шевченко"),
            ),
            grandmother(
                "Hałyna Bondarenko",
                61,
                no_pesel=PeselMissing.FOREIGNER,
                document="paszport FX000001",
                spellings=("Halyna Bondarenko", "Галина Бондаренко"),
            ),
            boy(
                "Mykyta",
                10,
                no_pesel=PeselMissing.FOREIGNER,
                document="paszport FX000002",
                spellings=("Mykyta Shevchenko", "Nikita Szewczenko"),
            ),
            girl(
                "Sofija",
                6,
                no_pesel=PeselMissing.FOREIGNER,
                document="akt urodzenia",
                spellings=("Sofiia Shevchenko", "Zofia Szewczenko"),
            ),
        ),
        (opened("15m20d"), begun("15m10d", "anna", consent("Oksana"))),
    ),
    Case(
        "brzeczyszczykiewicz",
        "Brzęczyszczykiewiczowie-Niewiadomscy",
        "Brzęczyszczykiewicz-Niewiadomska/Brzęczyszczykiewicz-Niewiadomski",
        town("Czeremchowa", "112", "14"),
        Category.PASSING,
        (Problem.ILLNESS, Problem.HELPLESSNESS),
        (
            mother("Konstancja", 36, phone="000 600 141"),
            father("Bartłomiej Brzęczyszczykiewicz", 44),
            girl("Maksymiliana", 11),
            boy("Ksawery", 7),
        ),
        (opened("12m26d"), begun("11m24d", "anna", consent("Konstancja"))),
    ),
    # Parents live apart and share the children: the same children stand in both files.
    Case(
        "wisniewscy",
        "Wiśniewscy",
        "Wiśniewska/Wiśniewski",
        town("Żurawinowa", "9", "4"),
        Category.PASSING,
        (Problem.HELPLESSNESS, Problem.CRISIS),
        (
            mother("Magdalena", 37, phone="000 600 151"),
            girl("Oliwia", 11, stay=Stay.ALTERNATE),
            boy("Filip", 7, stay=Stay.ALTERNATE),
        ),
        (opened("18m13d"), begun("17m12d", "anna", consent("Magdalena"))),
    ),
    # Handed over two weeks ago: julia still reads the file.
    Case(
        "szymanscy",
        "Szymańscy",
        "Szymańska/Szymański",
        town("Stare Przedmieście", "18", "6"),
        Category.AT_RISK,
        (Problem.HELPLESSNESS, Problem.DOMESTIC_VIOLENCE),
        (
            mother("Justyna", 31, phone="000 600 161"),
            father("Łukasz", 34),
            girl("Maja", 8),
            boy("Nikodem", 3),
        ),
        (opened("8m25d"), begun("8m6d", "julia", consent("Justyna")), handed_over("14d", "anna")),
    ),
    # Came back: two periods of work, two numbers of different years, one file.
    Case(
        "grabowscy",
        "Grabowscy",
        "Grabowska/Grabowski",
        town("Jarzębinowa", "5"),
        Category.PASSING,
        (Problem.DISABILITY, Problem.HELPLESSNESS),
        (
            mother("Ewelina", 42, phone="000 600 171"),
            father("Sławomir", 47),
            girl("Weronika", 16),
            boy("Szymon", 12),
        ),
        (
            opened("4y2m6d"),
            begun("4y1m6d", "ewa", consent("Ewelina")),
            ended("2y6m3d", ClosingReason.GOALS_REACHED),
            category_is("10m5d", Category.AT_RISK),
            problems_are("10m5d", Problem.DISABILITY, Problem.CRISIS),
            begun("9m5d", "anna", consent("Ewelina"), consent("Sławomir")),
        ),
    ),
    # The father must not learn where they live.
    Case(
        "sadowscy",
        "Sadowscy",
        "Sadowska/Sadowski",
        town("Rumiankowa", "27", "1", withheld_from="Dariusz"),
        Category.AT_RISK,
        (Problem.DOMESTIC_VIOLENCE, Problem.LONE_PARENT),
        (
            mother("Joanna", 33, phone="000 600 181"),
            father("Dariusz", 38, stay=Stay.ELSEWHERE),
            girl("Hanna", 9),
            girl("Zofia", 5),
        ),
        (opened("6m10d"), begun("5m25d", "anna", consent("Joanna"))),
    ),
    Case(
        "mazurowie",
        "Mazurowie",
        "Mazur",
        village("Górzyn", "41"),
        Category.AT_RISK,
        (Problem.POVERTY, Problem.LARGE_FAMILY, Problem.UNEMPLOYMENT),
        (
            mother("Marzena", 36, phone="000 600 501"),
            father("Zbigniew", 45),
            grandfather("Stanisław", 74),
            boy("Kamil", 15),
            girl("Gabriela", 12),
            boy("Hubert", 7),
            girl("Anastazja", 3),
        ),
        (opened("18m15d"), begun("17m20d", "anna", consent("Marzena"))),
    ),
    # Moved from the village to the town five months ago: another region, another social worker.
    Case(
        "wojcikowie",
        "Wójcikowie",
        "Wójcik",
        village("Mierków", "12"),
        Category.PASSING,
        (Problem.HELPLESSNESS, Problem.HOMELESSNESS),
        (
            mother("Edyta", 33, phone="000 600 511"),
            father("Grzegorz", 36),
            girl("Martyna", 13),
            boy("Bartosz", 9),
            boy("Tymoteusz", 5),
            girl("Róża", 2),
        ),
        (
            opened("22m18d"),
            begun("21m6d", "anna", consent("Edyta"), consent("Grzegorz")),
            moved("5m6d", town("Malachitowa", "2", "8")),
            led("4m20d"),
        ),
    ),
)
