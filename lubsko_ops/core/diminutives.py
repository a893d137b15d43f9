"""Polish diminutives of first names, for the search: "Kasia" finds Katarzyna."""

from functools import cache

from lubsko_ops.core.search_keys import stem

# The full name, then its diminutives. One diminutive may stand for several names (Ola, Stasia, Romek); of the shortest
# names the genitive, which has a stem of its own (Asi, Ani).
DIMINUTIVES = """
Adam Adaś
Agata Agatka
Agnieszka Aga Agusia Jagna
Aleksander Alek Olek Oluś
Aleksandra Ola Oleńka Olka
Alicja Ala Alutka
Andrzej Jędrek Jędruś Andrzejek
Anna Ania Ani Anka Anusia Hania Andzia
Antoni Antek Antoś Tosiek
Antonina Tosia Antosia Tonia
Barbara Basia Baśka Basieńka
Bartłomiej Bartek Bartuś
Bartosz Bartek Bartuś
Beata Beatka
Bogdan Bodek Boguś
Bogumiła Bogusia
Bogusław Boguś
Bogusława Bogusia
Bolesław Bolek
Bożena Bożenka
Bronisław Bronek
Cecylia Cesia
Czesław Czesiek Czesio
Damian Damianek
Danuta Danka Danusia
Dariusz Darek
Dawid Dawidek
Dorota Dorotka Dora
Edward Edek Edzio
Elżbieta Ela Elka Elżunia
Emilia Emilka Mila
Eugeniusz Gienek Genek
Ewa Ewka Ewunia
Ewelina Ewelinka
Franciszek Franek Franio
Franciszka Frania
Gabriela Gabrysia Gaba
Genowefa Gienia Genia
Grażyna Grażka Grażynka
Grzegorz Grzesiek Grześ
Halina Halinka Hala Halszka
Hanna Hania Hanka Anka
Helena Hela Helenka Lena
Henryk Heniek Henio
Henryka Henia
Ignacy Ignaś
Irena Irenka Irka
Iwona Iwonka
Izabela Iza Izka
Jacek Jacuś
Jadwiga Jadzia Jaga
Jakub Kuba Kubuś
Jan Janek Jaś Jasiek
Janina Janka Jasia Nina
Janusz Januszek
Jarosław Jarek
Jerzy Jurek Jureczek
Joanna Asia Asi Aśka Joasia
Józef Józek Józio
Józefa Józia
Julia Julka Julcia
Julian Julek
Justyna Justynka
Kacper Kacperek
Karol Karolek Lolek
Karolina Karolinka Karola
Katarzyna Kasia Kaśka Kasieńka Katarzynka
Kazimierz Kazik Kazio
Kazimiera Kazia
Kinga Kinia
Klaudia Klaudynka
Konrad Konradek
Krystian Krystianek
Krystyna Krysia Kryśka
Krzysztof Krzysiek Krzyś Krzychu
Leokadia Lodzia
Lidia Lidka
Ludwik Ludek
Łucja Łucka
Łukasz Łukaszek
Maciej Maciek Maciuś
Magdalena Magda Madzia Magdusia
Maksymilian Maks Maksiu
Małgorzata Gosia Małgosia Gośka Małgośka
Marcin Marcinek
Marek Mareczek Maruś
Maria Marysia Maryśka Marychna Mania
Marian Marianek
Mariusz Mariuszek
Marta Martusia
Mateusz Mateuszek Mati
Mieczysław Mietek Miecio
Michał Michałek Misiek
Mikołaj Mikołajek Miki
Mirosław Mirek
Mirosława Mirka
Monika Monia
Natalia Natalka Nata
Paulina Paulinka
Paweł Pawełek
Piotr Piotrek Piotruś
Rafał Rafałek
Roman Romek Romuś
Ryszard Rysiek Rychu
Sebastian Seba Sebek
Sławomir Sławek
Stanisław Staszek Staś Stasiek
Stanisława Stasia Stacha
Stefan Stefek Stefcio
Stefania Stefcia Stefa
Sylwia Sylwka
Szymon Szymek Szymuś
Tadeusz Tadek Tadzio
Teresa Terenia Tereska
Tomasz Tomek Tomuś
Urszula Ula Ulka
Wacław Wacek
Waldemar Waldek
Weronika Weronka Wera
Wiesław Wiesiek
Wiesława Wiesia
Wiktor Wiktorek
Wiktoria Wika Wiktorka
Władysław Władek Władzio
Władysława Władzia
Włodzimierz Włodek
Wojciech Wojtek Wojtuś
Zbigniew Zbyszek Zbysiek
Zdzisław Zdzisiek Zdzich
Zenon Zenek
Zofia Zosia Zośka
Zuzanna Zuzia Zuza
Zygmunt Zyga Zygmuś
"""


@cache
def _names_by_stem() -> dict[str, tuple[str, ...]]:
    names: dict[str, list[str]] = {}
    for line in DIMINUTIVES.split("\n"):
        full_name, *diminutives = line.split() or [""]
        for diminutive in diminutives:
            names.setdefault(stem(diminutive), []).append(stem(full_name))
    return {each: tuple(dict.fromkeys(stems)) for each, stems in names.items()}


def full_name_stems(word_stem: str) -> tuple[str, ...]:
    """Stems of the full names for which a diminutive with this stem stands; empty for any other word."""
    return _names_by_stem().get(word_stem, ())
