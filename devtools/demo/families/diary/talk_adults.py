"""What visits are about where the adults are concerned. Invented, after real practice."""

from devtools.demo.families.diary.notation import Episode, Thread
from families.choices import VisitLocation

ADDICTION = Thread(
    (
        Episode(
            "UZ",
            "5",
            "W mieszkaniu czysto, bez zapachu alkoholu. Rozmowa o dwóch ostatnich weekendach. {Matka} liczy "
            "dni bez picia w kalendarzu, dziś jest ich 19.",
            "Motywacja jest, wsparcia wokół mało. Weekend to najtrudniejszy czas.",
            {"carer": "Zgłosić się na spotkanie grupy w czwartek"},
        ),
        Episode(
            "UZ RE",
            "5 6",
            "Na stole puste butelki po piwie, {matka} tłumaczy, że po gościach. Dzieci są u sąsiadki. "
            "Rozmowa odłożona do następnego dnia, dzieci obejrzane u sąsiadki: najedzone, spokojne.",
            "Prawdopodobny nawrót. Dzieci tym razem były pod opieką.",
            {"carer": "Zadzwonić do terapeuty", "assistant": "Przyjść jutro rano"},
        ),
        Episode(
            "UZ",
            "5",
            "Spotkanie w poradni z terapeutką: plan na trzy miesiące, dwa spotkania w tygodniu. Ustalono, "
            "kto w tym czasie zostaje z dziećmi.",
            "",
            {"carer": "Chodzić na spotkania według planu"},
            place=VisitLocation.HEALTH_CARE,
        ),
        Episode(
            "UZ OW",
            "5 6",
            "Potwierdzenia z poradni: sześć spotkań z ośmiu. W domu spokojnie, dzieci zapraszają kolegów. "
            "Omówiono plan na święta bez alkoholu.",
            "Trzy miesiące abstynencji zmieniły atmosferę w domu.",
        ),
    )
)

VIOLENCE = Thread(
    (
        Episode(
            "PR",
            "12 5",
            "Rozmowa na osobności. {Matka} opisuje awantury i wyzwiska, bez bicia w ostatnich miesiącach. "
            "Ułożono plan bezpieczeństwa: dokumenty u siostry, hasło dla starszego dziecka, numer 112.",
            "{Matka} pomniejsza to, co się działo. Dzieci milkną, gdy jest o tym mowa.",
            {"carer": "Zanieść kopie dokumentów do siostry"},
        ),
        Episode(
            "PR PW",
            "4 12",
            "Omówiono pismo z sądu i termin rozprawy. {Matka} chce zeznawać, boi się spotkania na korytarzu. "
            "Ustalono wejście drugimi drzwiami i obecność asystenta.",
            "",
            {"assistant": "Pójść z rodziną na rozprawę"},
        ),
        Episode(
            "PS PR",
            "5 11",
            "Dzieci śpią spokojniej, młodsze przestało moczyć się w nocy. Spotkania z psycholożką w punkcie "
            "interwencji kryzysowej raz na dwa tygodnie.",
            "Poczucie bezpieczeństwa rośnie powoli i zależy od spokoju {matki}.",
            {"carer": "Pojechać na kolejne spotkanie w punkcie interwencji"},
        ),
        Episode(
            "PR RE",
            "6 12",
            "W domu cisza i porządek, kontakt z dziećmi odbywa się według ustaleń sądu. Plan bezpieczeństwa "
            "powtórzono punkt po punkcie.",
            "",
        ),
    )
)

RELATIONS = Thread(
    (
        Episode(
            "RE PS",
            "13 5",
            "Rozmowa o tym, kto w domu decyduje i o co są kłótnie. Narysowano mapę rodziny z babcią i "
            "sąsiadami. Dzieci dorysowują psa.",
            "Konflikty dotyczą pieniędzy i zmęczenia, dzieci są ich świadkami.",
            {"family": "Nie omawiać pieniędzy przy dzieciach"},
        ),
        Episode(
            "RE SP",
            "7 10",
            "Omówiono grupę dla rodziców w świetlicy: dziewięć spotkań w środy, opieka nad dziećmi na "
            "miejscu. {Matka} zna jedną z uczestniczek.",
            "Wyjście do innych rodziców mogłoby przerwać samotność.",
            {"carer": "Pójść na pierwsze spotkanie grupy"},
        ),
        Episode(
            "RE OW",
            "13",
            "Podczas wizyty kłótnia o pilota. {Matka} zatrzymuje się, liczy do pięciu i rozdziela kolejkę. "
            "Potem gra planszowa z całą rodziną.",
            "{Matka} ćwiczy to, o czym była mowa.",
        ),
        Episode(
            "RE OW PS",
            "13 6",
            "Dzieci opowiadają o weekendzie u drugiego rodzica. Ustalenia o przekazywaniu dzieci spisano: "
            "piątek 17:00, niedziela 18:00, ubrania w plecaku.",
            "Dzieci mniej pilnują nastrojów dorosłych.",
            {"carer": "Wysłać drugiemu rodzicowi ustalone godziny"},
        ),
    )
)

INTEGRATION = Thread(
    (
        Episode(
            "PW SP",
            "4 7",
            "Rozmowa prostym polskim i z tłumaczem w telefonie. Omówiono przedłużenie ochrony, terminy i "
            "opłaty. Dokumenty ułożono w segregatorze.",
            "{Matka} rozumie coraz więcej, o sprawach urzędowych woli mówić z tłumaczem.",
            {"assistant": "Sprawdzić termin w urzędzie wojewódzkim"},
        ),
        Episode(
            "ED SP",
            "6 7",
            "Dzieci mówią między sobą po polsku. Szkoła daje dwie godziny języka polskiego dodatkowo. "
            "Umówiono {matkę} na kurs w bibliotece w poniedziałki.",
            "Dzieci odnajdują się szybciej niż dorośli.",
            {"carer": "Zapisać się na kurs językowy"},
        ),
        Episode(
            "ZA PW",
            "9 4",
            "Nostryfikacja dyplomu: przetłumaczone świadectwo leży w teczce, brakuje suplementu. Praca na "
            "pół etatu w kuchni szkolnej, umowa do czerwca.",
            "",
            {"carer": "Poprosić uczelnię o suplement"},
        ),
    )
)

PREGNANCY = Thread(
    (
        Episode(
            "ZD PW",
            "13a 4",
            "Omówiono wsparcie „Za życiem”: pierwszeństwo do specjalistów, jednorazowe świadczenie, opieka "
            "wytchnieniowa. Rodzice pytają o wózek i dojazdy do kliniki.",
            "Rodzice są zmęczeni, ale działają razem.",
            {"assistant": "Ustalić drogę do dofinansowania wózka"},
        ),
        Episode(
            "ZD",
            "13a 6",
            "Po kontroli w klinice: nowe leki, rehabilitacja cztery razy w tygodniu. {Matka} prowadzi zeszyt "
            "z godzinami karmień i leków.",
            "Opieka bardzo staranna. Widać brak snu.",
            {"carer": "Zapytać siostrę o jedną noc opieki w tygodniu"},
        ),
        Episode(
            "ZD PW",
            "13a 4",
            "Złożono wniosek o wczesne wspomaganie rozwoju. Poradnia proponuje zajęcia w domu. Obejrzano "
            "miejsce na matę i sprzęt.",
            "",
            {"family": "Przygotować miejsce na zajęcia"},
        ),
    )
)

AFTER_WORK = Thread(
    (
        Episode(
            "OW GD",
            "",
            "Wizyta w ramach monitorowania. Dzieci chodzą do szkoły, oceny bez zagrożeń. Rachunki opłacone, "
            "rodzina pokazuje je bez proszenia.",
            "Zmiany trzymają się bez wsparcia asystenta.",
        ),
        Episode(
            "RE ZA",
            "",
            "Monitorowanie: oboje rodzice pracują, opieka po lekcjach u sąsiadki. W razie kłopotów rodzina "
            "wie, do kogo dzwonić.",
            "Rodzina radzi sobie sama.",
        ),
        Episode(
            "BU GD",
            "",
            "Monitorowanie: jedna zaległa rata za gaz, reszta w terminie. Rodzina sama umówiła się z "
            "dostawcą na spłatę w dwóch częściach.",
            "Drobna trudność rozwiązana bez pomocy.",
        ),
    )
)
