"""What visits are about where the household is concerned. Invented, after real practice."""

from devtools.demo.families.diary.notation import Episode, Thread
from families.choices import VisitLocation

DEBTS = Thread(
    (
        Episode(
            "BU",
            "3 4",
            "Ułożono na stole wszystkie rachunki. Zaległość za czynsz 2 340 zł, za prąd 410 zł, rata za "
            "pralkę do września. Trzy koperty od komornika nieotwarte; otwarto je razem.",
            "{Matka} unika listów, bo się ich boi. Po wspólnym przeczytaniu wyraźna ulga.",
            {"carer": "Odkładać listy do jednej teczki", "assistant": "Przynieść wzór prośby o raty"},
        ),
        Episode(
            "BU PW",
            "4",
            "Napisano prośbę do spółdzielni o rozłożenie zaległości na raty po 150 zł. {Matka} przepisuje "
            "tekst własnoręcznie i podpisuje.",
            "",
            {"carer": "Zanieść prośbę do spółdzielni i wziąć potwierdzenie"},
        ),
        Episode(
            "BU GD",
            "3",
            "Obejrzano zeszyt wydatków z ostatnich dwóch tygodni. Najwięcej idzie na drobne zakupy w sklepie "
            "na rogu. Policzono wspólnie, ile wychodzi w miesiącu.",
            "{Matka} nie spodziewa się takiej sumy i proponuje większe zakupy raz w tygodniu.",
            {"carer": "Zapisywać wydatki do końca miesiąca"},
        ),
        Episode(
            "BU",
            "3 4",
            "Spółdzielnia zgodziła się na raty. Pierwsza wpłacona, potwierdzenie w teczce. Rachunek za prąd "
            "do 20. dnia miesiąca.",
            "Teczka z rachunkami działa, na stole nie ma już stosu kopert.",
            {"carer": "Opłacić prąd do 20. dnia miesiąca"},
        ),
        Episode(
            "BU PW",
            "4",
            "{Matka} pokazuje umowę chwilówki podpisaną przez internet. Przeczytano ją razem: koszt przy "
            "opóźnieniu wyższy niż sama pożyczka. Omówiono dyżur prawnika w ratuszu.",
            "Pożyczka wzięta bez namysłu, na buty i prezent. Bez pomocy dług urośnie.",
            {"carer": "Pójść na dyżur prawnika z umową", "assistant": "Zapisać na dyżur prawnika"},
        ),
        Episode(
            "BU",
            "3",
            "Trzecia rata czynszu wpłacona w terminie. Ustalono, że zasiłek dzielony jest na cztery koperty, "
            "po jednej na tydzień; koperty podpisano.",
            "Gospodarowanie pieniędzmi wyraźnie lepsze niż przed pół rokiem.",
        ),
    )
)

HOUSING = Thread(
    (
        Episode(
            "MI GD",
            "3 4",
            "Na ścianie w pokoju dzieci grzyb, wilgoć przy oknie. Okno nie domyka się. Zrobiono zdjęcia do "
            "zgłoszenia w administracji.",
            "Warunki szkodzą zdrowiu dzieci; rodzina zgłaszała to tylko ustnie.",
            {"carer": "Złożyć zgłoszenie na piśmie", "assistant": "Przygotować zgłoszenie ze zdjęciami"},
        ),
        Episode(
            "MI",
            "4",
            "Administracja odpowiedziała: oględziny za dwa tygodnie. Do tego czasu wietrzenie i odsunięcie "
            "łóżka od ściany; łóżko przesunięto podczas wizyty.",
            "",
            {"family": "Wietrzyć pokój rano i wieczorem"},
        ),
        Episode(
            "MI GD",
            "3",
            "Pokój dzieci po malowaniu, każde ma swoje łóżko i półkę. Brakuje biurka; obejrzano ogłoszenia "
            "z używanymi meblami.",
            "Rodzina jest dumna z remontu i chętnie go pokazuje.",
            {"assistant": "Zapytać w magazynie mebli o biurko"},
        ),
        Episode(
            "MI ZD",
            "3",
            "Piec po przeglądzie kominiarza, czujnik czadu wisi w przedpokoju. Opał kupiony na połowę "
            "zimy. Dach nad komórką przecieka.",
            "",
            {"family": "Schować opał pod plandekę"},
        ),
    )
)

ROUTINE = Thread(
    (
        Episode(
            "GD OW",
            "3 6",
            "Rozpisano zwykły dzień od pobudki do snu. Śniadanie wypada, obiad bywa o 18:00, dzieci zasypiają "
            "przy telewizorze około 23:00.",
            "Dzień nie ma rytmu, stąd kłótnie rano. {Matka} zgadza się zacząć od wieczoru.",
            {"carer": "Wyłączać telewizor o 20:30", "family": "Jeść razem jeden posiłek dziennie"},
        ),
        Episode(
            "GD",
            "3",
            "Na lodówce wisi plan tygodnia: pranie w poniedziałek i czwartek, zakupy w sobotę. Łazienka "
            "posprzątana, pranie suszy się na sznurku.",
            "Plan przyjął się, bo rodzina ułożyła go po swojemu.",
        ),
        Episode(
            "GD BU",
            "3",
            "Ugotowano wspólnie zupę z tego, co było w lodówce. {Matka} zapisuje przepis. Wyrzucono trzy "
            "przeterminowane produkty, omówiono kupowanie z listą.",
            "Gotowanie razem daje więcej niż rozmowa o gotowaniu.",
            {"carer": "Zrobić listę przed sobotnimi zakupami"},
        ),
        Episode(
            "OW GD",
            "6 3",
            "Dzieci same szykują ubrania na jutro. Wieczorny plan trzyma się w dni szkolne, w weekend się "
            "rozjeżdża. Obowiązki podzielono kolorami na kartce.",
            "",
            {"family": "Utrzymać godzinę snu także w piątek"},
        ),
        Episode(
            "GD",
            "3",
            "W kuchni brudne naczynia z kilku dni, na podłodze ubrania. {Matka} mówi, że od tygodnia na nic "
            "nie ma siły. Posprzątano razem blat i stół.",
            "To raczej zmęczenie niż zaniedbanie; do sprawdzenia, czy nie trzeba lekarza.",
            {"carer": "Umówić wizytę u lekarza rodzinnego"},
        ),
    )
)

HEALTH = Thread(
    (
        Episode(
            "ZD",
            "3",
            "Przejrzano skierowania: okulista, stomatolog i kontrola u alergologa. Dwa są już po terminie. "
            "Z wizyty zadzwoniono do rejestracji.",
            "W sprawach zdrowia rodzina działa dopiero, gdy coś boli.",
            {"carer": "Odebrać nowe skierowanie z przychodni"},
        ),
        Episode(
            "ZD",
            "3 6",
            "Terminy wizyt lekarskich wpisano do kalendarza na ścianie. Stomatolog w najbliższy czwartek, "
            "omówiono, jak przygotować dzieci.",
            "",
            {"carer": "Pójść z dziećmi do stomatologa"},
        ),
        Episode(
            "ZD PW",
            "4",
            "Skompletowano dokumenty do zespołu do spraw orzekania o niepełnosprawności: wniosek, "
            "zaświadczenie lekarskie, karty ze szpitala. Brakuje jednego podpisu.",
            "{Matka} dobrze orientuje się w leczeniu, gubi się w drukach.",
            {"carer": "Uzupełnić podpis lekarza", "assistant": "Zawieźć wniosek do zespołu"},
        ),
        Episode(
            "ZD",
            "3",
            "Leki stoją na górnej półce, podpisane. Rehabilitacja dwa razy w tygodniu, dojazd z sąsiadem. "
            "Ćwiczenia domowe {matka} pokazuje bez zaglądania do kartki.",
            "Zalecenia są wykonywane starannie.",
        ),
    )
)

WORK = Thread(
    (
        Episode(
            "ZA",
            "8 9",
            "Napisano życiorys na jednej stronie. Obejrzano ogłoszenia: pakowanie, sprzątanie, pomoc "
            "kuchenna. Przećwiczono rozmowę telefoniczną z pracodawcą.",
            "{Matka} nie wierzy, że ktoś oddzwoni, ale ćwiczy do końca.",
            {"carer": "Zadzwonić w sprawie dwóch ogłoszeń"},
        ),
        Episode(
            "ZA PW",
            "9 4",
            "Wspólna wizyta w urzędzie pracy: wpis do rejestru, doradca proponuje kurs kasjera z bonem na "
            "dojazdy. Wniosek do końca miesiąca.",
            "",
            {"carer": "Złożyć wniosek o kurs"},
            place=VisitLocation.OFFICE,
        ),
        Episode(
            "ZA",
            "9",
            "Okres próbny w piekarni: zmiany od 4:00 do 12:00. Dzieci rano odprowadza sąsiadka. Omówiono, co "
            "się zmieni w zasiłkach.",
            "Praca daje {matce} siłę; ryzykiem są poranki.",
            {"carer": "Zgłosić podjęcie pracy w ośrodku"},
        ),
    )
)

BENEFITS = Thread(
    (
        Episode(
            "PW BU",
            "4",
            "Wypełniono razem wniosek o zasiłek rodzinny z dodatkami i o świadczenie wychowawcze przez "
            "internet. Profil zaufany założony w banku.",
            "Następnym razem {matka} poradzi sobie przy niewielkiej pomocy.",
            {"carer": "Donieść zaświadczenie o dochodach"},
        ),
        Episode(
            "PW",
            "4",
            "Przyszło wezwanie do uzupełnienia wniosku w 7 dni. Ustalono, których druków brakuje, i "
            "napisano pismo przewodnie.",
            "",
            {"carer": "Wysłać uzupełnienie listem poleconym"},
        ),
        Episode(
            "PW BU",
            "4",
            "Wypłacono zaległe świadczenie. Spisano, na co pójdzie: kurtki zimowe, zaległy prąd, odłożone 200 "
            "zł na święta. Paragony do okazania.",
            "Decyzje rozsądne, podjęte przed wydaniem pieniędzy.",
            {"carer": "Zachować paragony za kurtki"},
        ),
    )
)
