"""Short things: what is seen at a usual visit, why a visit failed, what calls and letters are about. Invented."""

from families.choices import ContactChannel, CounterpartType, VisitResult

# Areas, tasks, and a sentence; a usual visit has two or three of them.
SEEN = (
    ("GD", "3", "W mieszkaniu porządek, w kuchni ugotowany obiad."),
    ("GD", "3", "Pranie rozwieszone, podłoga umyta, śmieci czekają w przedpokoju na wyniesienie."),
    ("OW", "6", "Dzieci witają się i wracają do zabawy."),
    ("OW", "6 13", "Omówiono ostatni tydzień: dwie trudniejsze noce, poza tym spokojnie."),
    ("ED", "6", "Przejrzano oceny i uwagi w dzienniku, bez nowych zagrożeń."),
    ("ED", "11", "Tornistry spakowane, prace domowe odrobione."),
    ("BU", "3", "Sprawdzono teczkę z rachunkami: dwa opłacone, jeden do końca tygodnia."),
    ("BU", "3 4", "Policzono, ile zostało do wypłaty świadczeń; na jedzenie wystarczy."),
    ("ZD", "3", "Dzieci po przeziębieniu, leki do jutra. Na poniedziałek kontrola w przychodni."),
    ("ZD", "3", "Omówiono terminy lekarskie wpisane do kalendarza na ścianie."),
    ("RE", "13", "{Matka} opowiada o rozmowie z sąsiadką, która skarży się na hałas wieczorem."),
    ("RE", "13", "Rozmowa o weekendzie u dziadków; dzieci przywiozły rysunki."),
    ("PS", "5", "{Matka} mówi o zmęczeniu i słabym śnie. Podano godziny dyżuru psychologa w ośrodku."),
    ("SP", "7", "Przekazano ulotkę o rodzinnym festynie i o zajęciach sportowych dla dzieci."),
    ("SP", "7 11", "Dzieci pokazują dyplomy z turnieju w świetlicy."),
    ("MI", "3", "W pokoju dzieci ciepło, okno po naprawie domyka się."),
    ("MI", "4", "Żarówka na klatce nie świeci od tygodnia, zgłoszono to telefonicznie w administracji."),
    ("PW", "4", "Przeczytano razem pismo z urzędu i ustalono, co na nie odpowiedzieć."),
    ("PW", "4", "Sprawdzono terminy wniosków: najbliższy za trzy tygodnie."),
    ("ZA", "9", "Omówiono dwa ogłoszenia o pracy; jedno na zmiany, które da się pogodzić z przedszkolem."),
    ("GD", "3", "Zakupy zrobione z listą, w lodówce jedzenie na kilka dni."),
    ("OW", "6", "Ustalono, kto odbiera dzieci w czwartek, gdy {matka} ma termin w urzędzie."),
    ("OW RE", "13", "Przy stole gra planszowa, {matka} pilnuje kolejki bez podnoszenia głosu."),
    ("ED OW", "6", "Zebranie w szkole w przyszły wtorek; zapisano trzy pytania do wychowawcy."),
)
THOUGHTS = (
    "Sytuacja stabilna.",
    "Widać małą, ale trwałą zmianę.",
    "Rodzina współpracuje, choć przekłada trudniejsze sprawy.",
    "Bez zmian od poprzedniej wizyty.",
    "{Matka} ma dziś więcej siły niż ostatnio.",
    "Potrzebne krótkie, częste przypominanie.",
    "",
    "",
    "",
)
SMALL = (
    ("carer", "Opłacić rachunek do końca tygodnia"),
    ("carer", "Oddzwonić do szkoły"),
    ("carer", "Odebrać skierowanie z przychodni"),
    ("family", "Posprzątać wspólnie piwnicę"),
    ("assistant", "Przynieść wzór pisma"),
    ("assistant", "Zapytać o miejsca w świetlicy"),
    ("social_worker", "Sprawdzić, czy należy się zasiłek celowy na opał"),
    ("carer", "Wpisać terminy do kalendarza"),
)
FAILED = (
    (VisitResult.NOBODY_HOME, "Nikt nie otwiera, w oknach ciemno. Zostawiono kartkę z prośbą o telefon."),
    (VisitResult.NOBODY_HOME, "Nikogo nie ma. Sąsiadka mówi, że rodzina pojechała do lekarza."),
    (VisitResult.NOBODY_HOME, "Mimo umówionej godziny nikt nie otwiera, telefon wyłączony."),
    (VisitResult.CALLED_OFF, "Wizyta odwołana wiadomością o 7:40: dziecko ma gorączkę."),
    (VisitResult.CALLED_OFF, "Wizyta odwołana telefonicznie: {matka} dostaje dodatkową zmianę w pracy."),
    (VisitResult.POSTPONED, "Wizyta przełożona na prośbę {matki}: wezwanie do urzędu na tę samą godzinę."),
    (VisitResult.POSTPONED, "Wizyta przełożona o kilka dni, w domu goście z pogrzebu."),
)
REFUSED = (
    (VisitResult.REFUSED_ENTRY, "{Matka} rozmawia przez uchylone drzwi i nie wpuszcza do mieszkania."),
    (
        VisitResult.REFUSED_ENTRY,
        "Przez drzwi: „Nie prosiliśmy o asystenta”. W tle słychać dzieci i telewizor.",
    ),
    (VisitResult.NOBODY_HOME, "Nikt nie otwiera, choć w mieszkaniu pali się światło."),
    (VisitResult.CALLED_OFF, "{Matka} odwołuje wizytę godzinę wcześniej i nie podaje innego terminu."),
)
CALLS = (
    (
        ContactChannel.PHONE,
        CounterpartType.FAMILY,
        "{Matka} pyta o godzinę najbliższej wizyty i o druki potrzebne do wniosku.",
    ),
    (
        ContactChannel.PHONE,
        CounterpartType.FAMILY,
        "Potwierdzenie terminu. Dzieci zdrowe, w szkole bez zmian.",
    ),
    (
        ContactChannel.PHONE,
        CounterpartType.FAMILY,
        "{Matka} dzwoni zdenerwowana pismem z sądu; pismo do obejrzenia.",
    ),
    (ContactChannel.EMAIL, CounterpartType.FAMILY, "Wiadomość ze zdjęciem opłaconego rachunku."),
    (ContactChannel.PHONE, CounterpartType.SCHOOL, "Wychowawca mówi o frekwencji i o poprawionych ocenach."),
    (
        ContactChannel.MEETING,
        CounterpartType.SCHOOL,
        "Spotkanie z pedagogiem: zajęcia wyrównawcze dwa razy w tygodniu.",
    ),
    (ContactChannel.EMAIL, CounterpartType.SCHOOL, "Szkoła przysyła opinię do wniosku o badanie w poradni."),
    (
        ContactChannel.PHONE,
        CounterpartType.HEALTH_CARE,
        "Rejestracja do poradni: termin za sześć tygodni, lista rezerwowa.",
    ),
    (
        ContactChannel.PHONE,
        CounterpartType.HEALTH_CARE,
        "Położna środowiskowa potwierdza wizyty i przyrost wagi.",
    ),
    (ContactChannel.PHONE, CounterpartType.OFFICE, "Administracja budynku potwierdza zgłoszenie wilgoci."),
    (ContactChannel.LETTER, CounterpartType.OFFICE, "Pismo do spółdzielni w sprawie rat, kopia w aktach."),
    (
        ContactChannel.MEETING,
        CounterpartType.COUNSELLING,
        "Odbiór opinii z poradni i omówienie zaleceń z psychologiem.",
    ),
    (ContactChannel.PHONE, CounterpartType.NGO, "Magazyn mebli ma biurko, odbiór w sobotę do południa."),
    (ContactChannel.PHONE, CounterpartType.NGO, "Bank żywności: rodzina jest na liście, odbiór w środę."),
)
WHO = {
    CounterpartType.FAMILY: "",
    CounterpartType.SCHOOL: "wychowawca klasy",
    CounterpartType.HEALTH_CARE: "rejestracja przychodni",
    CounterpartType.OFFICE: "sekretariat",
    CounterpartType.COUNSELLING: "psycholog poradni",
    CounterpartType.NGO: "koordynatorka",
}
