"""Invented names: surnames made of roots and endings, common ones more often, as in a real register."""

from itertools import accumulate
from random import Random


def words(text: str) -> list[str]:
    """The words of a text wrapped over lines."""
    return text.split()


COMMON = words(
    """
    Nowak Kowalski Wiśniewski Wójcik Kowalczyk Kamiński Lewandowski Zieliński Szymański Woźniak Dąbrowski
    Kozłowski Jankowski Mazur Wojciechowski Kwiatkowski Krawczyk Kaczmarek Piotrowski Grabowski Zając
    Pawłowski Michalski Król Wieczorek Jabłoński Wróbel Nowakowski Majewski Olszewski Stępień Malinowski
    Jaworski Adamczyk Dudek Nowicki Pawlak Górski Witkowski Walczak Sikora Baran Rutkowski Michalak Szewczyk
    Ostrowski Tomaszewski Pietrzak Zalewski Wróblewski Marciniak Jasiński Zawadzki Bąk Jakubowski Sadowski
    Duda Włodarczyk Wilk Chmielewski Borkowski Sokołowski Szczepański Sawicki Kucharski Lis Kubiak Kalinowski
    Wysocki Maciejewski Czarnecki Kołodziej Urbański Kaźmierczak Sobczak Konieczny Głowacki Zakrzewski Krupa
    Wasilewski Krajewski Laskowski Zięba Gajewski Mikołajczyk Brzeziński Mróz Szulc Makowski Baranowski
    Kaczmarczyk Przybylski Cieślak Borowski Błaszczyk
    """
)
ROOTS = words(
    """
    Bor Lip Zawad Wierzb Brzóz Olch Sosn Topol Grab Jawor Klon Głog Rokit Łoz Wrzos Pokrzyw Modr Dziewan Kos
    Drozd Czajk Żuraw Bocian Gawron Szpak Kaw Sów Wydr Kun Łas Ryb Rak Młyn Most Brod Grobl Staw Źródl Jar
    Wąwoz Kamion Glin Piach Wydm Żwir Ugor Zagon Miedz Snop Kopyt Wodn Ostróżn Bagn Torf Mokrz Such Wietrz
    Burz Grad Śnieg
    """
)
ENDINGS = ("owski", "owicz", "ak", "czyk")
SURNAMES = list(dict.fromkeys([*COMMON, *(root + ending for root in ROOTS for ending in ENDINGS)]))
WEIGHTS = list(accumulate(1 / (rank + 12) for rank in range(len(SURNAMES))))

WOMEN = words(
    """
    Anna Katarzyna Agnieszka Małgorzata Monika Joanna Magdalena Ewa Aleksandra Karolina Natalia Paulina Marta
    Justyna Sylwia Iwona Beata Dorota Renata Danuta Patrycja Izabela Kinga Weronika Dominika Edyta Aneta
    Żaneta Wioletta Kamila Klaudia Angelika Martyna Ilona Marzena Bożena Teresa Halina
    """
)
MEN = words(
    """
    Piotr Krzysztof Andrzej Tomasz Paweł Marcin Michał Grzegorz Łukasz Adam Marek Dariusz Rafał Robert Mariusz
    Sebastian Damian Artur Sławomir Mateusz Kamil Przemysław Dawid Daniel Jarosław Wojciech Radosław Zbigniew
    Jacek Mirosław Ireneusz Waldemar Norbert Arkadiusz
    """
)
GIRLS = words(
    """
    Zuzanna Julia Maja Zofia Hanna Lena Alicja Oliwia Amelia Wiktoria Nikola Emilia Antonina Laura Nadia Pola
    Maria Gabriela Kornelia Jagoda Liliana Łucja Nina Róża Blanka Michalina Marcelina Helena Iga Milena
    """
)
BOYS = words(
    """
    Antoni Jakub Jan Szymon Aleksander Franciszek Filip Mikołaj Wojciech Kacper Adam Stanisław Marcel Wiktor
    Leon Piotr Igor Nikodem Maksymilian Oskar Bartosz Kajetan Fabian Oliwier Tymon Ignacy Dominik Hubert
    Miłosz Gabriel
    """
)


def surname(rng: Random) -> str:
    """Return a random surname in its masculine form."""
    return rng.choices(SURNAMES, cum_weights=WEIGHTS)[0]


def feminine(name: str) -> str:
    """Return the feminine form: Kowalska, Konieczna, Nowak."""
    if name.endswith(("ski", "cki", "dzki")):
        return name[:-1] + "a"
    return name[:-1] + "a" if name.endswith("ny") else name
