"""Biblioteka celów: goal templates for rows of the plan, by area.

A goal describes the desired state; suggested actions follow it. Only the area and the goal are filled in, the rest is
worked out with the family.
"""

import json
from dataclasses import dataclass

from families.choices import Area


@dataclass(frozen=True)
class GoalTemplate:
    """A goal to start a row from. ``key`` identifies it in a form ("ED-3"); ``actions``: common actions towards it."""

    key: str
    area: Area
    goal: str
    actions: str

    @property
    def fill_json(self) -> str:
        """Initial values of a new row as JSON for the script."""
        return json.dumps({"area": self.area.value, "goal": self.goal}, ensure_ascii=False)


GOALS_BY_AREA: dict[Area, list[tuple[str, str]]] = {
    Area.UPBRINGING: [
        ("Dzieci mają stały rytm dnia", "plan dnia na lodówce; wspólny wieczór bez telefonu; pora snu"),
        ("Rodzice mówią dzieciom to samo", "umówione zasady; rozmowa rodziców raz w tygodniu"),
        ("Rodzice chwalą i wyciągają konsekwencje bez krzyku", "ćwiczenie na wizycie; zajęcia dla rodziców"),
        ("Dzieci zawsze są pod opieką dorosłego", "lista osób, które mogą zostać; telefony na ścianie"),
        ("Rodzic codziennie ma czas tylko dla dziecka", "kwadrans zabawy; wspólne czytanie; spacer"),
        ("Starsze dziecko nie zastępuje rodzica", "podział obowiązków; czas wolny dla najstarszego"),
    ],
    Area.EDUCATION: [
        (
            "Dziecko nie opuszcza lekcji bez usprawiedliwienia",
            "odprowadzanie; kontakt z wychowawcą co tydzień",
        ),
        ("Dziecko ma w domu miejsce i czas na lekcje", "biurko w cichym kącie; stała godzina nauki"),
        ("Rodzice są w stałym kontakcie ze szkołą", "dziennik elektroniczny; zebrania; rozmowa z pedagogiem"),
        ("Dziecko korzysta z pomocy w nauce", "zajęcia wyrównawcze; świetlica; wolontariusz"),
        ("Dziecko ma opinię poradni i pomoc z niej wynikającą", "termin w poradni; zalecenia w szkole"),
        ("Młodsze dziecko chodzi do przedszkola", "wniosek o miejsce; oswajanie z rozstaniem"),
    ],
    Area.HEALTH: [
        ("Dzieci są pod opieką lekarza", "bilans; szczepienia; lista terminów wizyt"),
        ("Dziecko ma leczone zęby", "termin u dentysty; mycie zębów rano i wieczorem"),
        ("Dorosły leczy się regularnie", "wizyty u specjalisty; leki o stałej porze; pomoc w dojeździe"),
        ("Dzieci są czyste i ubrane do pogody", "kąpiel w ustalone dni; ubrania przygotowane wieczorem"),
        ("Ciąża przebiega pod opieką lekarza", "wizyty kontrolne; położna; szkoła rodzenia"),
        (
            "Dziecko ma orzeczenie i rehabilitację, która z niego wynika",
            "wniosek; turnus; wczesne wspomaganie",
        ),
    ],
    Area.HOUSEHOLD: [
        ("W domu codziennie jest ciepły posiłek", "jadłospis na tydzień; wspólne gotowanie; lista zakupów"),
        ("Porządek w domu utrzymuje cała rodzina", "podział prac; stały dzień sprzątania"),
        ("Pranie i ubrania są na bieżąco", "dni prania; miejsce na rzeczy każdego dziecka"),
        ("Zakupy są planowane", "lista przed wyjściem; porównanie cen; zapas na koniec miesiąca"),
        ("Dzieci mają swoje obowiązki na miarę wieku", "tablica obowiązków; pochwała za wykonane"),
        ("W domu są potrzebne rzeczy i sprzęty", "spis braków; pomoc rzeczowa; wniosek o zasiłek celowy"),
    ],
    Area.BUDGET: [
        ("Rodzice planują wydatki na cały miesiąc", "zeszyt wydatków; podsumowanie co tydzień"),
        ("Czynsz i rachunki płacone są w terminie", "stałe zlecenie; teczka na rachunki"),
        ("Zaległości czynszowe maleją", "ugoda z administracją; raty; dodatek mieszkaniowy"),
        ("Dług jest rozłożony na raty", "spis długów; rozmowa z wierzycielem; bezpłatna porada prawna"),
        (
            "Rodzina otrzymuje wszystkie należne świadczenia",
            "przegląd świadczeń; wnioski; terminy odnowienia",
        ),
        ("Rodzina nie bierze nowych pożyczek", "odkładanie drobnych kwot; rozmowa o kosztach chwilówek"),
    ],
    Area.HOUSING: [
        ("Mieszkanie jest bezpieczne dla dzieci", "okna i kontakty; piec i wentylacja; czujnik czadu"),
        ("Każde dziecko ma własne miejsce do spania", "łóżka; podział pokoju; wniosek o pomoc rzeczową"),
        ("Drobne naprawy są zrobione", "spis usterek; pomoc sąsiedzka; pismo do administracji"),
        ("Rodzina stara się o mieszkanie", "wniosek o lokal; lista dokumentów; sprawdzanie kolejki"),
        ("Mieszkanie jest suche i ogrzane", "zgłoszenie wilgoci; opał na zimę; wietrzenie"),
        (
            "Rodzina zachowuje prawo do mieszkania",
            "wyjaśnienie zaległości; odpowiedź na pismo; porada prawna",
        ),
    ],
    Area.WORK: [
        ("Rodzic ma stałe zatrudnienie", "życiorys; rejestracja w urzędzie pracy; rozmowy z pracodawcami"),
        ("Rodzic zdobywa kwalifikacje", "kurs; staż; uzupełnienie szkoły"),
        ("Rodzic utrzymuje podjętą pracę", "opieka nad dziećmi w godzinach pracy; dojazd; plan poranka"),
        ("Opieka nad dzieckiem pozwala podjąć pracę", "żłobek; przedszkole; dzienny opiekun"),
        ("Rodzic wie, jaka praca jest dla niego", "doradca zawodowy; spis umiejętności"),
        (
            "Rodzic ma ustalony stopień niepełnosprawności i pracę na jego miarę",
            "komisja; zakład pracy chronionej",
        ),
    ],
    Area.RELATIONS: [
        ("Domownicy rozmawiają bez wyzwisk", "umówione słowo stop; ćwiczenie rozmowy na wizycie"),
        ("Rodzina spędza razem czas", "wspólny posiłek; jeden dzień w miesiącu dla wszystkich"),
        ("Rodzice po rozstaniu ustalają sprawy dzieci", "mediacja; kalendarz kontaktów; jedna droga rozmowy"),
        ("Dziecko ma kontakt z rodzicem, który mieszka osobno", "stałe dni; rozmowy telefoniczne"),
        ("Nastolatek i rodzice mają wspólne zasady", "kontrakt; godzina powrotu; rozmowa raz w tygodniu"),
        ("Dziadkowie pomagają i nie podważają zdania rodziców", "rozmowa w gronie rodziny; podział ról"),
    ],
    Area.EMOTIONS: [
        ("Dziecko ma pomoc psychologa", "termin w poradni; stałe wizyty; zalecenia w domu"),
        (
            "Rodzic korzysta z terapii",
            "skierowanie; pierwsza wizyta z asystentem; opieka nad dziećmi w tym czasie",
        ),
        ("Rodzic radzi sobie ze złością", "sygnały ostrzegawcze; przerwa na ochłonięcie; zajęcia grupowe"),
        ("Rodzina wychodzi z żałoby", "rozmowa; grupa wsparcia; pożegnanie dziecka z bliską osobą"),
        ("Rodzic ma odpoczynek i kogoś do rozmowy", "wytchnienie raz w tygodniu; klub rodziców"),
        ("Dziecko umie nazwać, co czuje", "karty uczuć; czytanie; rozmowa przed snem"),
    ],
    Area.ADDICTION: [
        ("Rodzic utrzymuje abstynencję", "poradnia; grupa wsparcia; plan na trudny dzień"),
        ("Rodzic podejmuje leczenie uzależnienia", "zgłoszenie do poradni; termin; pomoc w dojeździe"),
        ("Bliscy wiedzą, jak nie wspierać picia", "grupa dla bliskich; rozmowa ze specjalistą"),
        ("Dzieci są bezpieczne, gdy dorosły pije", "plan bezpieczeństwa; telefony; osoba, do której idą"),
        ("Nastolatek nie sięga po używki", "rozmowa z pedagogiem; zajęcia po szkole; program profilaktyczny"),
        ("Pieniądze nie idą na hazard i gry", "rachunek w rękach drugiego rodzica; poradnia; blokada stron"),
    ],
    Area.SAFETY: [
        ("W domu nie ma przemocy", "plan bezpieczeństwa; telefony pomocowe; współpraca z zespołem"),
        ("Osoba krzywdzona ma pomoc", "ośrodek interwencji; porada prawna; grupa wsparcia"),
        ("Osoba stosująca przemoc uczy się nad sobą panować", "program korekcyjno-edukacyjny; kurator"),
        ("Dzieci wiedzą, do kogo iść po pomoc", "rozmowa; numery telefonów; zaufany dorosły"),
        ("Dziecko jest bezpieczne w internecie", "zasady korzystania; wspólne ustawienia telefonu"),
        ("Droga do szkoły i podwórko są bezpieczne", "wspólne przejście trasy; umówiona pora powrotu"),
    ],
    Area.LEGAL: [
        ("Alimenty są ustalone i płacone", "pozew; tytuł wykonawczy; fundusz alimentacyjny"),
        ("Dokumenty całej rodziny są ważne", "dowody; akty urodzenia; zameldowanie"),
        (
            "Sprawa sądowa jest prowadzona w terminie",
            "teczka pism; kalendarz rozpraw; bezpłatna porada prawna",
        ),
        ("Ojcostwo i władza rodzicielska są uregulowane", "uznanie w urzędzie; wniosek do sądu"),
        ("Rodzic sam załatwia sprawy w urzędzie", "wspólne wypełnienie wniosku; potem samodzielna wizyta"),
        ("Zalecenia kuratora są wykonane", "spotkania w ustalone dni; rozmowa we troje"),
    ],
    Area.SOCIAL: [
        ("Dzieci mają zajęcia po szkole", "świetlica; sport; dom kultury"),
        ("Rodzina ma wokół siebie życzliwych ludzi", "mapa osób bliskich; klub rodziców; sąsiedzi"),
        ("Wolny czas nie upływa przed ekranem", "tygodniowy limit; plan na weekend; biblioteka"),
        ("Dzieci wyjeżdżają na wakacje", "kolonie; półkolonie; wniosek o dofinansowanie"),
        ("Rodzice korzystają z zajęć w okolicy", "warsztaty; wydarzenia w gminie; wolontariat"),
        ("Rodzina ma wsparcie rodziny wspierającej", "poznanie się; umowa; spotkania raz w tygodniu"),
    ],
    Area.CHILD_IN_CARE: [
        ("Rodzice regularnie odwiedzają dziecko", "kalendarz spotkań; dojazd; rozmowa po spotkaniu"),
        ("Dziecko spędza w domu weekendy", "zgoda sądu; przygotowanie pokoju; podsumowanie z koordynatorem"),
        ("Rodzice spełniają warunki powrotu dziecka", "lista warunków; przegląd co miesiąc; pismo do sądu"),
        (
            "Rodzice współpracują z opiekunami dziecka",
            "wspólne ustalenia; zebrania w szkole; ważne dni razem",
        ),
        ("Dom jest gotowy na powrót dziecka", "łóżko; miejsce w szkole; rozmowa z rodzeństwem"),
        ("Dziecko po powrocie czuje się bezpiecznie", "stały rytm dnia; psycholog; kontakt z opiekunami"),
    ],
}

GOAL_TEMPLATES = [
    GoalTemplate(f"{area.value}-{number}", area, goal, actions)
    for area, goals in GOALS_BY_AREA.items()
    for number, (goal, actions) in enumerate(goals, start=1)
]
TEMPLATES_BY_KEY = {template.key: template for template in GOAL_TEMPLATES}
SUGGESTED_ACTIONS = {(template.area.value, template.goal): template.actions for template in GOAL_TEMPLATES}


def goal_library() -> list[tuple[Area, list[GoalTemplate]]]:
    """Templates of every area, in the order of the areas."""
    return [(area, [each for each in GOAL_TEMPLATES if each.area == area]) for area in Area]
