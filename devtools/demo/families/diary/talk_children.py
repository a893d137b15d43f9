"""What visits are about where children are concerned. Invented, after what family assistants really write."""

from devtools.demo.families.diary.notation import Episode, Thread
from families.choices import VisitLocation

SCHOOL = Thread(
    (
        Episode(
            "ED OW",
            "6",
            "{imie} ma w tym miesiącu 6 dni nieobecności, w tym 4 bez usprawiedliwienia. {Matka} pokazuje "
            "dziennik elektroniczny w telefonie.",
            "O nieobecnościach w domu wiedzą, ale nikt nie rozmawiał o nich ze szkołą.",
            {"carer": "Umówić rozmowę z wychowawcą", "assistant": "Zapytać pedagoga o zajęcia wyrównawcze"},
        ),
        Episode(
            "ED",
            "6 11",
            "{imie} chodzi do szkoły codziennie od dwóch tygodni. Obejrzano zeszyty: z matematyki jest "
            "prowadzony, w zeszycie do polskiego brakuje kilku lekcji.",
            "Poranne wstawanie przestało być przedmiotem kłótni.",
            {"child": "Uzupełnić zeszyt do polskiego"},
        ),
        Episode(
            "ED",
            "6",
            "Rozmowa w szkole z wychowawcą i pedagogiem w obecności {matki}. Zagrożenia z dwóch przedmiotów, "
            "poprawy w piątki po lekcjach. Szkoła proponuje badanie w poradni.",
            "{Matka} słucha spokojnie i zadaje pytania. To zmiana wobec poprzednich spotkań w szkole.",
            {"carer": "Złożyć w poradni wniosek o badanie", "assistant": "Przynieść druk wniosku"},
            place=VisitLocation.SCHOOL,
        ),
        Episode(
            "ED OW",
            "6 13",
            "{imie} odrabia lekcje przy stole w kuchni, telefon leży na lodówce. Ustalono z {matką} stałą porę "
            "nauki od 16:00 do 17:00 i rozpisano ją na kartce.",
            "Pora nauki jest realna, jeśli młodsze dzieci w tym czasie są na podwórku.",
            {"carer": "Odkładać telefon {syna} na czas lekcji"},
        ),
        Episode(
            "ED",
            "11",
            "Jest termin badania w poradni psychologiczno-pedagogicznej. Opinia szkoły i zaświadczenie "
            "od okulisty leżą w teczce. Omówiono dojazd autobusem o 7:35.",
            "",
            {"carer": "Pojechać z {synem} do poradni", "assistant": "Przypomnieć o terminie dzień wcześniej"},
        ),
        Episode(
            "ED RE",
            "6 13",
            "{imie} opowiada o kłótni na przerwie i o nieprzyjemnych wiadomościach na grupie klasowej. "
            "Obejrzano je wspólnie, {matka} robi zrzuty ekranu.",
            "{imie} mówi o szkole niechętnie, ale przy {matce} nie boi się mówić.",
            {"carer": "Pokazać wiadomości wychowawcy"},
        ),
        Episode(
            "ED",
            "6 11",
            "Frekwencja w ostatnim miesiącu 92%. {imie} pokazuje dwie poprawione oceny. Omówiono zapisy na "
            "zajęcia w świetlicy środowiskowej we wtorki i czwartki.",
            "Widać, że pochwała ważniejsza jest niż nagroda.",
            {"carer": "Zapisać {syna_b} do świetlicy"},
        ),
        Episode(
            "ED BU",
            "4",
            "Rozliczono wyprawkę: zeszyty, strój na w-f i buty zmienne kupione, paragony w kopercie. Brakuje "
            "składki na wycieczkę klasową, płatnej w dwóch ratach.",
            "",
            {"carer": "Wpłacić pierwszą ratę za wycieczkę"},
        ),
    ),
    ages=(7, 17),
)

PRESCHOOL = Thread(
    (
        Episode(
            "ED OW",
            "6",
            "{imie} chodzi do przedszkola trzy, cztery razy w tygodniu. {Matka} tłumaczy nieobecności "
            "katarem; w domu {imie} ogląda bajki od rana.",
            "Katar bywa wymówką, kiedy rano nikomu nie chce się wychodzić.",
            {"carer": "Prowadzać {syna_b} do przedszkola codziennie przez dwa tygodnie"},
        ),
        Episode(
            "ED ZD",
            "6 11",
            "{imie} mówi pojedynczymi zdaniami, część głosek niewyraźnie. Przedszkole daje raz w tygodniu "
            "logopedę. Przećwiczono z {matką} trzy zabawy z kartki od logopedy.",
            "{Matka} ćwiczy chętnie, gdy widzi, że to zabawa.",
            {"carer": "Ćwiczyć z {synem} 10 minut dziennie"},
        ),
        Episode(
            "OW",
            "6 13",
            "Podczas wizyty {imie} rzuca klockami i krzyczy. {Matka} próbuje kolejno prosić, grozić i "
            "odwracać uwagę. Omówiono zasadę jednego spokojnego polecenia.",
            "{Matka} szybko się męczy; potrzebuje prostych kroków, a nie wykładu.",
            {"carer": "Spróbować zasady jednego polecenia przy sprzątaniu zabawek"},
        ),
        Episode(
            "OW RE",
            "13 7",
            "{imie} bawi się w kuchni przy {matce}, razem lepią pierogi z resztek ciasta. Obejrzano tabliczkę "
            "z obrazkami: mycie, piżama, bajka, spanie.",
            "Wieczory są spokojniejsze, {matka} też to zauważa.",
        ),
        Episode(
            "ZD ED",
            "6",
            "Sprawdzono książeczkę zdrowia: bilans czterolatka zaległy, szczepienia według kalendarza. "
            "Zadzwoniono z wizyty do przychodni.",
            "",
            {"carer": "Pójść z {synem} na bilans"},
        ),
    ),
    ages=(3, 6),
)

BABY = Thread(
    (
        Episode(
            "OW ZD",
            "6",
            "{imie} śpi w łóżeczku, na brzuchu leży poduszka. Poduszkę odłożono, pokazano bezpieczne "
            "ułożenie. {Matka} powtarza i układa sama.",
            "{Matka} robi, co jej pokażą, lecz nie pyta, póki coś się nie stanie.",
            {"carer": "Spać bez poduszki i kołdry w łóżeczku", "assistant": "Przynieść ulotkę od położnej"},
        ),
        Episode(
            "ZD",
            "6",
            "Karmienie co trzy godziny, {imie} przybiera na wadze (wpis położnej w książeczce). W kuchni "
            "wyparzone butelki, data otwarcia mleka zapisana na puszce.",
            "Opieka nad niemowlęciem jest staranna.",
        ),
        Episode(
            "ZD",
            "6",
            "Termin szczepienia minął w zeszłym tygodniu, {imie} gorączkuje od niedzieli. Ustalono "
            "telefonicznie z przychodnią nowy termin.",
            "",
            {"carer": "Zgłosić się na szczepienie w nowym terminie"},
        ),
        Episode(
            "OW",
            "6 13",
            "{imie} raczkuje po całym mieszkaniu. Obejrzano kontakty, kable i szafkę z chemią pod zlewem; "
            "chemia przełożona na górną półkę.",
            "Mieszkanie nie było przygotowane na ruchliwe dziecko, {matka} reaguje od razu.",
            {"carer": "Założyć zaślepki na kontakty"},
        ),
        Episode(
            "OW RE",
            "6 10",
            "{Matka} siedzi z {synem} na macie, dużo mówi i pokazuje obrazki. {imie} uśmiecha się i "
            "wyciąga ręce. Omówiono zajęcia dla rodziców z małymi dziećmi w bibliotece.",
            "Więź jest dobra. Zajęcia pomogłyby wyjść z domu.",
            {"carer": "Pójść raz na zajęcia w bibliotece"},
        ),
    ),
    ages=(0, 2),
)

TEENAGER = Thread(
    (
        Episode(
            "RE OW",
            "6 13",
            "{imie} wraca do domu po 22:00, w weekend nie nocuje. {Matka} dowiaduje się od sąsiadki. Rozmowa "
            "we troje o godzinie powrotu i o wiadomości, gdzie się jest.",
            "W rozmowie więcej wyrzutów niż zasad. {imie} wychodzi, gdy głos się podnosi.",
            {"child": "Wracać do 21:00 w dni szkolne", "carer": "Nie krzyczeć w progu, rozmawiać rano"},
        ),
        Episode(
            "RE PS",
            "13 11",
            "{imie} zostaje na rozmowie sam na sam: mówi o bezsenności i o tym, że w domu nikt nie pyta, co "
            "słychać. Podano numer telefonu zaufania dla dzieci i młodzieży.",
            "Rozmowa otwarta. Potrzebna konsultacja psychologa w szkole.",
            {"assistant": "Umówić konsultację z psychologiem szkolnym"},
        ),
        Episode(
            "ED ZA",
            "11",
            "Omówiono wybór szkoły po wakacjach: szkoła branżowa w Żarach albo liceum na miejscu. Obejrzano "
            "dojazdy i terminy składania podań.",
            "{imie} wie, czego chce; {matka} boi się kosztu dojazdów.",
            {"child": "Wypełnić podanie w systemie", "assistant": "Sprawdzić zwrot kosztów dojazdu"},
        ),
        Episode(
            "RE SP",
            "7 11",
            "{imie} chodzi na treningi dwa razy w tygodniu, klub zwolnił rodzinę ze składki. Wieczorne "
            "powroty są uzgodnione wiadomością w telefonie.",
            "Mniej kłótni, więcej umów. {Matka} dotrzymuje słowa.",
        ),
    ),
    ages=(13, 17),
)

IN_CARE = Thread(
    (
        Episode(
            "PZ RE",
            "6",
            "Omówiono ostatnie widzenie {matki} z synem w rodzinie zastępczej: trwało godzinę, chłopiec "
            "pytał, kiedy wróci. Przygotowano trzy zdania, które można mu odpowiedzieć.",
            "{Matka} przeżywa widzenia, po nich przez dzień nie odbiera telefonu.",
            {"carer": "Przyjechać na widzenie o ustalonej godzinie"},
        ),
        Episode(
            "PZ PW",
            "6 4",
            "Przeczytano postanowienie sądu i wypisano, czego sąd oczekuje: trzeźwość, stałe widzenia, "
            "gotowy pokój. Przy każdym punkcie zaznaczono, co już jest.",
            "{Matka} zna wymagania, zaprzecza jednak temu, co najtrudniejsze.",
            {"carer": "Zgłosić się do poradni uzależnień"},
        ),
    )
)
