"""Visits and contacts told by hand: a court order that is refused, two dangers, a file in monitoring. Invented."""

from devtools.demo.families.diary.notation import Called, Told
from families.choices import (
    ContactChannel,
    CounterpartType,
    NotifiedParty,
    OtherAttendee,
    VisitKind,
    VisitLocation,
    VisitResult,
)

# The court obliges the Malinowscy; since the child went into care the mother lets in whom she wants.
REFUSES = (
    Told(
        ago="83d",
        result=VisitResult.REFUSED_ENTRY,
        minutes=10,
        facts="Sylwia uchyla drzwi na łańcuchu i mówi, że odkąd zabrano syna, nikogo nie wpuści. "
        "Podano termin następnej wizyty i numer telefonu.",
        opinion="Opór związany z pobytem dziecka w pieczy. Ważne, by wizyty odbywały się mimo to regularnie.",
    ),
    Told(
        ago="69d",
        result=VisitResult.NOBODY_HOME,
        minutes=10,
        facts="Nikt nie otwiera. W skrzynce leży poprzednia kartka. Nadia jest w szkole (potwierdzone).",
    ),
    Told(
        ago="62d",
        facts="Sylwia przychodzi z Nadią do ośrodka, zgadza się na rozmowę poza domem. Przeczytano razem "
        "postanowienie sądu: obowiązek współpracy, widzenia z Igorem, leczenie. Nadia rysuje, jest zadbana.",
        opinion="Matka rozumie, czego oczekuje sąd, ale asystenta traktuje jak kontrolę.",
        place=VisitLocation.CENTRE,
        kind=VisitKind.OUTSIDE_HOME,
        present=("Sylwia", "Nadia"),
        areas="PW PZ",
        tasks="4 6",
        agreed={"carer": "Wpuścić asystenta na wizytę w domu", "assistant": "Ustalić termin widzenia z PCPR"},
    ),
    Told(
        ago="48d",
        result=VisitResult.REFUSED_ENTRY,
        minutes=15,
        facts="Odmowa wpuszczenia: „Sąd sobie, a ja sobie”. Z mieszkania słychać głosy kilku osób dorosłych.",
        opinion="Możliwy nawrót picia. Zawiadomiono pracownika socjalnego.",
    ),
    Told(
        ago="34d",
        result=VisitResult.CALLED_OFF,
        minutes=0,
        facts="Sylwia odwołuje wizytę wiadomością, bez podania powodu. Proponowany termin odrzuca.",
    ),
    Told(
        ago="20d",
        result=VisitResult.REFUSED_ENTRY,
        minutes=20,
        kind=VisitKind.UNANNOUNCED,
        other_attendees=(OtherAttendee.PROBATION_OFFICER,),
        facts="Wizyta razem z kuratorem. Sylwia rozmawia na klatce schodowej, do mieszkania nie wpuszcza. "
        "Nadia stoi w przedpokoju, ubrana, wita się.",
        opinion="Kurator zawiadomi sąd o braku współpracy.",
        present=("Sylwia", "Nadia"),
    ),
    Told(
        ago="6d",
        result=VisitResult.NOBODY_HOME,
        minutes=10,
        facts="Nikt nie otwiera, w oknie porusza się firanka. Zostawiono list z terminem.",
        next_in=2,
        next_at="10:00",
    ),
)
REFUSES_CALLED = (
    Called(
        ago="47d",
        channel=ContactChannel.PHONE,
        counterpart_type=CounterpartType.PROBATION_OFFICER,
        counterpart_name="kurator rodzinny",
        subject="Przekazano informację o odmowie wpuszczenia. Ustalono wspólną wizytę.",
    ),
    Called(
        ago="30d",
        channel=ContactChannel.PHONE,
        counterpart_type=CounterpartType.SCHOOL,
        counterpart_name="wychowawczyni Nadii",
        subject="Nadia chodzi do szkoły codziennie, zadbana, bywa senna w poniedziałki.",
    ),
    Called(
        ago="19d",
        channel=ContactChannel.LETTER,
        counterpart_type=CounterpartType.COURT,
        counterpart_name="wydział rodzinny",
        subject="Informacja o braku współpracy w ostatnich dwóch miesiącach, z datami wizyt i odmów.",
    ),
    Called(
        ago="12d",
        channel=ContactChannel.PHONE,
        counterpart_type=CounterpartType.COUNTY_CENTRE,
        counterpart_name="koordynator pieczy",
        subject="Igor pyta o matkę. Widzenie w sobotę odbyło się, trwało pół godziny.",
    ),
)
# Open: yesterday, or the last working day before it.
DANGER_OPEN = Told(
    ago="1d",
    at="14:00",
    minutes=70,
    kind=VisitKind.INTERVENTION,
    facts="Joanna dzwoni z przedszkola: Dariusz czekał przy furtce i próbował zabrać Zofię mimo zakazu "
    "zbliżania się. Wychowawczyni zatrzymała dziecko w sali. Przyjazd na miejsce, rozmowa z dyrektorką, "
    "odprowadzenie matki i dzieci do domu inną drogą.",
    opinion="Zagrożenie realne: ojciec zna przedszkole, może ustalić adres.",
    present=("Joanna", "Hanna", "Zofia"),
    areas="PR",
    tasks="12",
    agreed={
        "carer": "Odbierać dzieci razem z siostrą",
        "social_worker": "Zwołać grupę diagnostyczno-pomocową",
    },
    concern=(
        "Ojciec objęty zakazem zbliżania próbował zabrać Zofię (5 lat) z przedszkola.",
        "Dziecko zatrzymane w sali, wezwany patrol, matka i córki odprowadzone do domu. Przedszkole dostało "
        "kopię postanowienia i wydaje dziecko tylko matce.",
        NotifiedParty.POLICE,
        "dyżurny Komisariatu Policji w Lubsku",
    ),
    next_in=1,
    next_at="9:00",
)
DANGER_OVER = Told(
    ago="5m18d",
    at="12:00",
    minutes=80,
    kind=VisitKind.UNANNOUNCED,
    facts="W kuchni działa piecyk gazowy z niedrożnym wylotem spalin, czujnik wymontowany. Natalia "
    "skarży się na ból głowy od rana, Ignacy jest senny.",
    opinion="Rodzina nie znała objawów zatrucia czadem. Po rozmowie reaguje od razu.",
    present=("Agnieszka", "Natalia", "Pola", "Ignacy"),
    areas="MI ZD",
    tasks="12 3",
    agreed={"family": "Nie używać piecyka do czasu przeglądu"},
    concern=(
        "Czad: niedrożny wylot piecyka, senność Ignacego i ból głowy Natalii.",
        "Okna otwarte, piecyk wyłączony, wszyscy na zewnątrz; pogotowie zbadało dzieci, bez hospitalizacji.",
        NotifiedParty.AMBULANCE,
        "dyspozytor 112",
    ),
    steps=(
        (1, "tomasz", "Rozmowa z administracją: kominiarz i gazownik umówieni na jutro.", False),
        (3, "anna", "Piecyk odcięty, rodzina korzysta z kuchenki elektrycznej z magazynu ośrodka.", False),
        (8, "tomasz", "Nowy piecyk i dwa czujniki zamontowane, protokół kominiarski w aktach.", True),
    ),
)
