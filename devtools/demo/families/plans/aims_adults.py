"""What plans are about where the adults are concerned. Invented, after real practice."""

from devtools.demo.families.plans.notation import Aim, Line

AIMS = {
    "ADDICTION": Aim(
        "dzieci dorastają w domu bez alkoholu",
        (
            Line(
                "UZ",
                "Picie w weekendy, dzieci zostają wtedy same",
                "{Matka} rozpoczyna i utrzymuje leczenie",
                "Konsultacja w poradni; grupa raz w tygodniu; umówiona osoba do dzieci na czas spotkań.",
                "{matka}, poradnia, asystent",
                "Zaświadczenie z poradni o co najmniej 10 spotkaniach",
                ("Sześć spotkań z ośmiu.", "Kalendarz: 19 dni bez alkoholu."),
                "Potwierdzone spotkania, trzy miesiące bez picia.",
                "Po trzecim spotkaniu przerwa, nawrót.",
            ),
            Line(
                "PS",
                "Dzieci boją się wieczorów, gdy dorośli piją",
                "Dzieci wiedzą, do kogo pójść, gdy się boją",
                "Ustalenie osób i telefonów; rozmowa z psychologiem; świetlica socjoterapeutyczna.",
                "asystent, psycholog, {matka}",
                "Dzieci potrafią powiedzieć, dokąd i po kogo zadzwonią",
                ("Lista telefonów przy drzwiach.", "Psycholog: pierwsze spotkanie."),
                "Dzieci znają numery, mogą też pójść do babci.",
                "Dzieci nie chcą o tym mówić.",
            ),
        ),
    ),
    "VIOLENCE": Aim(
        "w domu nikt nikogo nie krzywdzi",
        (
            Line(
                "PR",
                "Awantury i wyzwiska, dzieci są świadkami",
                "{Matka} i dzieci są bezpieczne i mają plan na trudny dzień",
                "Plan bezpieczeństwa: dokumenty, hasło, numer 112; konsultacja w punkcie pomocy; zgłaszanie "
                "każdej awantury.",
                "{matka}, asystent, pracownik socjalny",
                "Plan znany dzieciom, trzy miesiące bez awantury",
                ("Dokumenty u siostry, hasło ustalone.", "Miesiąc bez awantury."),
                "Trzy spokojne miesiące.",
                "Kolejna interwencja Policji.",
            ),
            Line(
                "PS",
                "Lęk i bezsenność po przemocy",
                "{Matka} korzysta z pomocy psychologa",
                "Spotkania z psychologiem co dwa tygodnie; opieka nad dziećmi na ten czas.",
                "{matka}, psycholog",
                "Sześć spotkań odbytych, spokojniejszy sen",
                ("Drugie spotkanie odbyte.", "Sen lepszy, bez leków."),
                "Sześć spotkań, wyraźnie więcej spokoju.",
                "Po dwóch spotkaniach rezygnacja.",
            ),
        ),
    ),
    "RELATIONS": Aim(
        "domownicy rozmawiają ze sobą bez krzyku",
        (
            Line(
                "RE",
                "Dorośli spierają się przy dzieciach",
                "Trudne sprawy omawia się bez dzieci i bez krzyku",
                "Stała pora rozmowy; zasada jednej sprawy; konsultacja u mediatora rodzinnego.",
                "dorośli, asystent, mediator",
                "W notatkach z wizyt nie więcej niż jedna kłótnia w miesiącu",
                ("Dwie rozmowy według zasady.", "Mediator: pierwsze spotkanie."),
                "Dwa miesiące bez kłótni przy dzieciach.",
                "Rozmowy zerwane po tygodniu.",
            ),
            Line(
                "SP",
                "Rodzina nie ma nikogo poza sobą",
                "Raz w tygodniu robią coś razem poza domem",
                "Wspólne wyjście w sobotę; klub rodzica w domu kultury; zaproszenie sąsiadów.",
                "cała rodzina",
                "Cztery wyjścia w miesiącu",
                ("Dwa wyjścia nad zalew.", "Pierwszy raz w klubie rodzica."),
                "Soboty są wspólne.",
                "Jedno wyjście w miesiącu.",
            ),
        ),
    ),
    "INTEGRATION": Aim(
        "rodzina radzi sobie w Polsce bez tłumacza",
        (
            Line(
                "SP",
                "Słaba znajomość polskiego, lęk przed urzędem",
                "{Matka} załatwia proste sprawy po polsku",
                "Kurs języka we wtorki; pierwsze wizyty w urzędzie z asystentem; zeszyt słów.",
                "{matka}, asystent, biblioteka",
                "Samodzielnie złożony wniosek w urzędzie",
                ("Kurs: cztery lekcje z pięciu.", "Rozmowa z wychowawcą bez tłumacza."),
                "Wniosek złożony bez pomocy.",
                "Kurs przerwany.",
            ),
            Line(
                "PW",
                "Kończą się dokumenty pobytowe",
                "Dokumenty pobytowe są ważne",
                "Spis dokumentów z datami; wniosek o przedłużenie; kopie w teczce.",
                "{matka}, asystent",
                "Wniosek przyjęty, potwierdzenie w teczce",
                ("Zdjęcia i opłata gotowe.", "Wniosek wysłany."),
                "Dokumenty ważne na kolejny rok.",
                "Brakuje tłumaczenia aktu.",
            ),
        ),
    ),
    "PREGNANCY": Aim(
        "dziecko ma lekarza, rehabilitację i spokojny dom",
        (
            Line(
                "ZD",
                "Wada rozpoznana po urodzeniu, dużo wizyt w różnych miastach",
                "Leczenie i rehabilitacja są ułożone w jeden plan",
                "Kalendarz wizyt i dojazdów; wczesne wspomaganie rozwoju; dofinansowanie sprzętu.",
                "rodzice, asystent, poradnia",
                "Zajęcia wczesnego wspomagania dwa razy w tygodniu",
                ("Termin w poradni potwierdzony.", "Rehabilitacja w domu codziennie."),
                "Zajęcia odbywają się stale.",
                "Zajęcia odwołane z powodu dojazdów.",
            ),
        ),
    ),
}
