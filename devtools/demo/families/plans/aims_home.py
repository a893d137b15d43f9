"""What plans are about where the household is concerned. Invented, after real practice."""

from devtools.demo.families.plans.notation import Aim, Line

AIMS = {
    "DEBTS": Aim(
        "rodzina płaci rachunki na czas i spłaca dług",
        (
            Line(
                "BU",
                "Zaległości: czynsz 2 340 zł, prąd 410 zł",
                "Zaległość jest spłacana w ratach i nie rośnie",
                "Prośba do spółdzielni o raty po 150 zł; teczka z rachunkami; opłata czynszu w dniu wypłaty.",
                "{matka}, asystent",
                "Ugoda podpisana, cztery kolejne raty wpłacone w terminie",
                ("Pierwsza rata wpłacona.", "Prąd opłacony do 20. dnia miesiąca."),
                "Cztery raty w terminie, potwierdzenia w teczce.",
                "Po drugiej racie wpłat nie ma.",
            ),
            Line(
                "BU",
                "Pieniądze kończą się około 20. dnia miesiąca",
                "Rodzina planuje wydatki na cały miesiąc",
                "Zeszyt wydatków; duże zakupy raz w tygodniu z listą; cztery koperty, po jednej na tydzień.",
                "{matka}, asystent",
                "Dwa kolejne miesiące bez pożyczki na żywność",
                ("Zeszyt prowadzony codziennie.", "W trzecim tygodniu zabrakło 60 zł."),
                "Dwa miesiące bez pożyczki.",
                "Znów chwilówka pod koniec miesiąca.",
            ),
        ),
    ),
    "HOUSING": Aim(
        "mieszkanie jest ciepłe i bezpieczne",
        (
            Line(
                "MI",
                "Wilgoć w pokoju dzieci, piec bez przeglądu",
                "Mieszkanie jest suche, a piec sprawdzony",
                "Zgłoszenie do administracji; kominiarz; przestawienie łóżek od zimnej ściany; czujnik czadu.",
                "{matka}, asystent, administracja budynku",
                "Protokół kominiarza, czujnik zamontowany, ściana sucha do zimy",
                ("Zgłoszenie złożone, administracja wyznaczyła termin.", "Kominiarz był, jest protokół."),
                "Czujnik działa, ściana osuszona.",
                "Administracja przełożyła remont.",
            ),
            Line(
                "MI",
                "Za ciasno: dwoje dzieci śpi w jednym łóżku",
                "Każde dziecko ma własne łóżko",
                "Wniosek o większy lokal; łóżko piętrowe z magazynu ośrodka; wyniesienie starych mebli.",
                "{matka}, pracownik socjalny",
                "Łóżka stoją, wniosek złożony i zarejestrowany",
                ("Łóżko przywiezione.", "Wniosek złożony w urzędzie."),
                "Każde dziecko śpi u siebie.",
                "Brak miejsca na drugie łóżko.",
            ),
        ),
    ),
    "ROUTINE": Aim(
        "w domu jest porządek dnia",
        (
            Line(
                "GD",
                "Posiłki o różnych porach, brak ciepłego obiadu",
                "Codziennie jest ciepły posiłek o stałej porze",
                "Jadłospis na tydzień; lista zakupów; wspólne gotowanie z asystentem raz na dwa tygodnie.",
                "{matka}, asystent",
                "Przez miesiąc ciepły obiad co najmniej pięć razy w tygodniu",
                ("Jadłospis na lodówce.", "Wspólnie ugotowano zupę na dwa dni."),
                "Obiady codziennie, jadłospis układa {matka}.",
                "Jadłospisu nikt nie stosuje.",
            ),
            Line(
                "GD",
                "Pranie i naczynia zalegają po kilka dni",
                "Domownicy dzielą się obowiązkami",
                "Lista obowiązków na tydzień; każde dziecko ma jedno zadanie; pochwała zamiast kar.",
                "{matka}, dzieci, asystent",
                "Przez miesiąc w domu jest porządek podczas każdej wizyty",
                ("Lista wisi, zadania odhaczane.", "Kuchnia posprzątana."),
                "Lista działa bez przypominania.",
                "Obowiązki nadal wykonuje jedna osoba.",
            ),
        ),
    ),
    "HEALTH": Aim(
        "rodzina jest pod stałą opieką lekarza",
        (
            Line(
                "ZD",
                "Przerwane leczenie, brak terminów u specjalisty",
                "Wizyty kontrolne odbywają się w terminie",
                "Kalendarz wizyt; rejestracja z asystentem; orzeczenie i wniosek o dofinansowanie.",
                "{matka}, asystent",
                "Trzy kolejne wizyty odbyte, recepty wykupione",
                ("Wizyta u specjalisty odbyta.", "Wniosek do zespołu orzekania złożony."),
                "Leczenie trwa bez przerw.",
                "Dwie wizyty opuszczone.",
            ),
            Line(
                "ZD",
                "Zmęczenie osoby, która opiekuje się chorym",
                "Opiekun ma wolne popołudnie w tygodniu",
                "Rozmowa z rodziną o zastępstwie; usługi opiekuńcze; grupa wsparcia dla opiekunów.",
                "{matka}, pracownik socjalny",
                "Cztery wolne popołudnia w miesiącu",
                ("Siostra zostaje z chorym we wtorki.", "Decyzja o usługach opiekuńczych."),
                "Stałe wolne popołudnie.",
                "Nikt nie zastępuje opiekuna.",
            ),
        ),
    ),
    "WORK": Aim(
        "dorośli mają stałe źródło dochodu",
        (
            Line(
                "ZA",
                "Brak pracy od ponad roku",
                "{Matka} podejmuje pracę albo staż",
                "Rejestracja w urzędzie pracy; życiorys; dwie oferty w tygodniu; opieka nad dziećmi w godzinach "
                "pracy.",
                "{matka}, asystent, doradca zawodowy",
                "Umowa albo skierowanie na staż",
                ("Życiorys gotowy.", "Dwie rozmowy o pracę odbyte."),
                "Umowa na trzy miesiące podpisana.",
                "Oferty odrzucone z powodu dojazdu.",
            ),
        ),
    ),
    "BENEFITS": Aim(
        "rodzina korzysta ze świadczeń, które jej się należą",
        (
            Line(
                "PW",
                "Niezłożone wnioski o świadczenia i dodatek mieszkaniowy",
                "Wszystkie wnioski są złożone w terminie",
                "Lista wniosków z terminami; zaświadczenia; wspólne wypełnienie wniosku o dodatek.",
                "{matka}, asystent, pracownik socjalny",
                "Decyzje wydane i w teczce",
                ("Wniosek o dodatek złożony.", "Brakuje jednego zaświadczenia."),
                "Komplet decyzji w teczce.",
                "Termin wniosku o dodatek minął.",
            ),
        ),
    ),
}
