"""What plans are about where children are concerned. Invented, after real practice."""

from devtools.demo.families.plans.notation import Aim, Line

AIMS = {
    "SCHOOL": Aim(
        "dzieci chodzą do szkoły i nadrabiają zaległości",
        (
            Line(
                "ED",
                "{imie} opuszcza lekcje, zwłaszcza w poniedziałki",
                "{imie} chodzi do szkoły codziennie",
                "Pobudka o 6.30 i śniadanie przed wyjściem; {matka} w piątki sprawdza dziennik elektroniczny; "
                "asystent raz w tygodniu rozmawia z wychowawcą.",
                "{matka}, asystent, wychowawca",
                "Nie więcej niż 4 godziny nieusprawiedliwione w miesiącu",
                ("Dziennik: 3 godziny nieusprawiedliwione.", "Wychowawca widzi poprawę."),
                "Dwa miesiące bez nieusprawiedliwionych godzin.",
                "Nadal po kilkanaście godzin w miesiącu.",
            ),
            Line(
                "ED",
                "Zaległości z polskiego i matematyki, brak miejsca do nauki",
                "{imie} odrabia lekcje codziennie o stałej porze",
                "Biurko przy oknie; lekcje od 16.00 do 17.00; świetlica we wtorki i czwartki; wniosek o badanie "
                "w poradni psychologiczno-pedagogicznej.",
                "{matka}, asystent, świetlica",
                "Oceny pozytywne z obu przedmiotów na koniec półrocza",
                ("Biurko stoi, zeszyty w porządku.", "W świetlicy obecność 6 z 8."),
                "Oceny pozytywne, lekcje odrabiane bez przypominania.",
                "Z matematyki nadal ocena niedostateczna.",
            ),
        ),
    ),
    "PRESCHOOL": Aim(
        "najmłodsi rozwijają się w przedszkolu",
        (
            Line(
                "OW",
                "Dziecko spędza cały dzień przed telewizorem, nie mówi zdaniami",
                "{imie} chodzi do przedszkola i do logopedy",
                "Zapis do przedszkola; logopeda raz w tygodniu; czytanie 15 minut przed snem.",
                "{matka}, asystent (pierwsze dwie wizyty)",
                "Obecność w przedszkolu co najmniej 4 dni w tygodniu; zdania z trzech słów",
                ("W przedszkolu 4 dni z 5.", "Logopeda: ćwiczenia w domu wykonywane."),
                "{imie} mówi zdaniami, chętnie chodzi do przedszkola.",
                "Częste nieobecności, ćwiczeń w domu nie ma.",
            ),
            Line(
                "OW",
                "Brak stałych zasad, krzyk przy zasypianiu",
                "Wieczór przebiega spokojnie, według jednego planu",
                "Plan wieczoru na lodówce: kąpiel, książka, światło o 20.00; rozmowa o konsekwencjach zamiast "
                "krzyku.",
                "{matka}, asystent",
                "Przez miesiąc najwyżej jeden trudny wieczór w tygodniu",
                ("Plan wieczoru wisi i jest stosowany.", "Dwa trudne wieczory w tygodniu."),
                "Wieczory spokojne, planu nikt nie musi przypominać.",
                "Plan zarzucony po dwóch tygodniach.",
            ),
        ),
    ),
    "BABY": Aim(
        "niemowlę jest zdrowe i bezpieczne",
        (
            Line(
                "ZD",
                "Zaległe szczepienia, brak stałej pielęgnacji",
                "{imie} ma komplet szczepień i bilans",
                "Umówienie wizyt w przychodni; teczka zdrowia dziecka; instruktaż karmienia i kąpieli z położną.",
                "{matka}, położna, asystent",
                "Wpisy w książeczce zdrowia: bilans i zaległe szczepienia",
                ("Szczepienie odbyte, następne za 6 tygodni.", "Waga w normie."),
                "Bilans i szczepienia wpisane do książeczki.",
                "Drugi raz nie zgłoszono się na szczepienie.",
            ),
        ),
    ),
    "TEENAGER": Aim(
        "nastolatek ma w domu kogo zapytać o radę",
        (
            Line(
                "PS",
                "Kłótnie, wyjścia z domu bez słowa, noce u kolegów",
                "{imie} wraca do domu o umówionej godzinie i mówi, dokąd idzie",
                "Spisanie wspólnych zasad; jedna rozmowa w tygodniu bez telefonu; konsultacja u psychologa "
                "młodzieżowego.",
                "{matka}, {imie}, psycholog",
                "Przez miesiąc nie więcej niż dwa spóźnienia",
                ("Zasady spisane i podpisane przez obie strony.", "Psycholog: dwa spotkania odbyte."),
                "Powroty na czas, mniej kłótni.",
                "Nadal noce poza domem bez uprzedzenia.",
            ),
            Line(
                "SP",
                "Cały wolny czas przy telefonie",
                "{imie} ma zajęcia poza domem",
                "Wybór zajęć w domu kultury albo klubie; pierwsze wyjście razem z asystentem.",
                "{imie}, {matka}, asystent",
                "Udział w zajęciach raz w tygodniu przez dwa miesiące",
                ("Zapis na siatkówkę.", "Trzy treningi z czterech."),
                "Zajęcia trwają, są nowi znajomi.",
                "Po jednych zajęciach rezygnacja.",
            ),
        ),
    ),
    "IN_CARE": Aim(
        "Igor wraca do domu",
        (
            Line(
                "PZ",
                "Igor mieszka w rodzinie zastępczej, widzenia są nieregularne",
                "Igor spotyka się z matką w każdą sobotę",
                "Harmonogram widzeń uzgodniony z koordynatorem; dojazd autobusem; zeszyt spotkań.",
                "Sylwia, koordynator pieczy, asystent",
                "Osiem kolejnych widzeń odbytych zgodnie z harmonogramem",
                ("Widzenie w sobotę odbyło się, trwało pół godziny.", "Jedno widzenie odwołane przez matkę."),
                "Osiem widzeń z rzędu, Igor pyta o powrót.",
                "Odbyły się trzy widzenia z ośmiu.",
            ),
            Line(
                "PZ",
                "Brak miejsca do spania i nauki dla Igora",
                "Mieszkanie jest przygotowane na powrót Igora",
                "Łóżko i biurko z magazynu ośrodka; odświeżenie pokoju; rozmowa przygotowująca z psychologiem.",
                "Sylwia, pracownik socjalny",
                "Igor ma własne łóżko, biurko i szafkę",
                ("Pokój obejrzany z korytarza, bez zmian.",),
                "Pokój gotowy.",
                "Pokój nadal zajęty przez znajomych.",
            ),
        ),
    ),
}
