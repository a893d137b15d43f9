"""Families led by julia, families with whom the work has ended, families nobody works with yet.

Invented: no person, address, number or paper here exists.
"""

from devtools.demo.families.notation import (
    Case,
    aunt,
    boy,
    father,
    girl,
    mother,
    partner_of_mother,
    town,
    village,
)
from devtools.demo.families.steps import (
    begun,
    consent,
    court,
    ended,
    led,
    left_home,
    monitored,
    opened,
    released,
    stood_in,
)
from families.choices import Category, ClosingReason, PeselMissing, Problem

OF_OTHERS = (
    # julia is away; anna stands in for three weeks.
    Case(
        "tokarscy",
        "Tokarscy",
        "Tokarska/Tokarski",
        town("Tkacka", "33", "5"),
        Category.PASSING,
        (Problem.DISABILITY, Problem.LONE_PARENT),
        (mother("Aneta", 39, phone="000 600 301"), boy("Wojciech", 11), aunt("Lucyna Wrona", 45)),
        (
            opened("12m12d"),
            begun("11m8d", "julia", consent("Aneta")),
            stood_in("8d", "anna", until=13),
        ),
    ),
    # Robert is also in the file of the Majchrzakowie, entered by somebody who cannot see this one.
    Case(
        "lewandowscy",
        "Lewandowscy",
        "Lewandowska/Lewandowski",
        town("Perłowa", "6", "10"),
        Category.AT_RISK,
        (Problem.ALCOHOL, Problem.DOMESTIC_VIOLENCE),
        (
            mother("Renata", 34, phone="000 600 311"),
            partner_of_mother("Robert Majchrzak", entered_anew_from="majchrzakowie"),
            girl("Emilia", 9),
        ),
        (opened("4m20d"), begun("4m8d", "julia", consent("Renata"))),
    ),
    Case(
        "adamscy",
        "Adamscy",
        "Adamska/Adamski",
        town("Bursztynowa", "13"),
        Category.PASSING,
        (Problem.HELPLESSNESS, Problem.UNEMPLOYMENT),
        (mother("Kamila", 32), father("Rafał", 35), girl("Julia", 10), boy("Franciszek", 6)),
        (
            opened("2y9m7d"),
            begun("2y8m3d", "ewa", consent("Kamila")),
            ended("5m15d", ClosingReason.GOALS_REACHED),
            monitored("5m5d", "ewa"),
        ),
    ),
    Case(
        "brzescy",
        "Brzescy",
        "Brzeska/Brzeski",
        town("Kminkowa", "25", "3"),
        Category.AT_RISK,
        (Problem.ALCOHOL, Problem.HELPLESSNESS),
        (mother("Iwona", 44), boy("Sebastian", 14), boy("Kewin", 5)),
        (
            opened("3y8m4d"),
            begun("3y7m4d", "ewa", court("III Nsm 203")),
            left_home("15m5d", "Sebastian"),
            left_home("15m5d", "Kewin"),
            ended("14m10d", ClosingReason.CHILDREN_PLACED),
        ),
    ),
    # Entered last week: a newborn without a number, nobody works with them yet.
    Case(
        "bielscy",
        "Bielscy",
        "Bielska/Bielski",
        town("Słowicza", "4", "1"),
        Category.AT_RISK,
        (Problem.MATERNITY, Problem.HELPLESSNESS),
        (
            mother("Patrycja", 21, phone="000 600 401"),
            father("Oskar", 23),
            girl("Iga", "12d", no_pesel=PeselMissing.NEWBORN),
        ),
        (opened("5d"),),
    ),
    # No child yet: the mother is pregnant.
    Case(
        "krukowie",
        "Krukowie",
        "Kruk",
        town("Cynamonowa", "10"),
        Category.ZA_ZYCIEM,
        (Problem.MATERNITY, Problem.DISABILITY),
        (mother("Dominika", 30, phone="000 600 411"), partner_of_mother("Tomasz Krzywonos", 33)),
        (opened("12d"),),
    ),
    # julia's contract runs out; whoever comes after her is not named yet, so nobody leads the family.
    Case(
        "bakowie",
        "Bąkowie",
        "Bąk",
        village("Tuchola Żarska", "22"),
        Category.AT_RISK,
        (Problem.DISABILITY, Problem.POVERTY),
        (
            mother("Grażyna", 45, phone="000 600 601"),
            father("Henryk", 57),
            girl("Paulina", 16),
            boy("Wiktor", 12),
        ),
        (opened("21m13d"), begun("20m10d", "julia", consent("Grażyna")), released("6d")),
    ),
    Case(
        "filipkowie",
        "Filipkowie",
        "Filipek",
        village("Dłużek", "11"),
        Category.PASSING,
        (Problem.UNEMPLOYMENT, Problem.HELPLESSNESS),
        (mother("Wioletta", 38), father("Jacek", 41), boy("Dominik", 14)),
        (
            opened("2y4m24d"),
            begun("2y3m5d", "julia", consent("Wioletta")),
            ended("13m3d", ClosingReason.FAMILY_STOPPED),
        ),
    ),
    Case(
        "sawiccy",
        "Sawiccy",
        "Sawicka/Sawicki",
        village("Chełm Żarski", "14"),
        Category.PASSING,
        (Problem.HELPLESSNESS, Problem.POVERTY),
        (mother("Żaneta", 28), father("Przemysław", 30), girl("Blanka", 6), girl("Kornelia", 3)),
        (
            opened("2y20d"),
            begun("23m5d", "anna", consent("Żaneta")),
            ended("75d", ClosingReason.MOVED),
        ),
    ),
    # Entered last week; zofia leads, no assistant yet.
    Case(
        "wroblewscy",
        "Wróblewscy",
        "Wróblewska/Wróblewski",
        village("Grabków", "5"),
        Category.AT_RISK,
        (Problem.ALCOHOL, Problem.HELPLESSNESS),
        (
            mother("Urszula", 40, phone="000 600 701"),
            father("Leszek", 44),
            boy("Kajetan", 11),
            girl("Matylda", 8),
        ),
        (opened("9d"), led("2d")),
    ),
)
