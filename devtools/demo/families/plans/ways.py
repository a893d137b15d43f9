"""The way of each family's plans where it differs from the usual one: whole, signed by all, renewed in time."""

from devtools.demo.families.plans.notation import InCare, SentBack, Tail, Way
from families.choices import CareForm

WAYS: dict[str, Way] = {
    # In force; its last version was sent back once and mended.
    "kowalscy": Way(
        begun=("4m25d",),
        rows=4,
        returned={
            -1: SentBack(
                "Dobry plan. Proszę doprecyzować efekt w pierwszym wierszu.",
                1,
                "Po czym poznamy, że się udało? Dopisz liczbę.",
                "Oceny pozytywne i nie więcej niż 2 godziny nieusprawiedliwione w miesiącu",
            )
        },
    ),
    # Its period is over, and nobody has written a new one.
    "zolkiewscy": Way(begun=("7m12d",)),
    # Obliged by the court; the father refused at first. A new version waits for tomasz.
    "zielinscy": Way(
        begun=("6m2d",),
        tail=Tail("consultation", "8d"),
        refuses={-1: {"Mariusz": "Nie zgadzam się na terapię. Sam wiem, kiedy przestać."}},
    ),
    # A draft in which one row has no term yet.
    "szewczenkowie": Way(begun=("5m26d",), tail=Tail("draft", "5d")),
    # Waits for maria.
    "wisniewscy": Way(begun=("5m28d",), tail=Tail("acceptance", "9d")),
    "tokarscy": Way(begun=("5m20d",), tail=Tail("acceptance", "26d")),
    # Accepted, one of two has signed.
    "grabowscy": Way(begun=("5m25d",), tail=Tail("signing", "17d")),
    # Sent back, to be mended by anna.
    "mazurowie": Way(begun=("6m3d",), tail=Tail("fix", "15d")),
    # In the villages: waits for zofia.
    "golebiowie": Way(tail=Tail("consultation", "12d"), begun=("5m24d",)),
    "wojcikowie": Way(
        begun=("5m27d",),
        reviewed=(
            (
                "4m28d",
                "Rodzina przeprowadziła się do miasta. Cele i działania pozostają aktualne, terminów nie "
                "trzeba zmieniać.",
            ),
        ),
    ),
    "kaczmarkowie": Way(
        begun=("3m10d",),
        reviewed=(
            ("17d", "Zmiana asystenta. Plan omówiono z rodzicami na wizycie, działania i terminy zostają."),
        ),
    ),
    # The court obliges, the mother signs nothing. The eldest is in foster care since ten months.
    "malinowscy": Way(
        begun=("9m18d", "3m25d"),
        reasons={-2: "Umieszczenie Igora w rodzinie zastępczej."},
        refuses={
            -3: {"Sylwia": "Sąd kazał mi z wami rozmawiać, a nie podpisywać."},
            -1: {"Sylwia": "Nie podpiszę niczego, dopóki syn nie wróci do domu."},
        },
        in_care=(InCare("10m10d", "Igor"),),
        grim=True,
    ),
    "brzescy": Way(
        grim=True,
        in_care=(
            InCare("15m5d", "Sebastian", CareForm.INSTITUTION),
            InCare("15m5d", "Kewin", CareForm.PROFESSIONAL),
        ),
    ),
    "filipkowie": Way(grim=True),
    "urbanscy": Way(
        begun=("6m25d", "32d"),
        reasons={-2: "Śmierć ojca: nowe źródło utrzymania, sprawy spadkowe, pomoc dla dzieci."},
    ),
    "ostrowscy": Way(
        refuses={-2: {"Waldemar": "To plan żony, mnie nikt o zdanie nie pytał."}},
        begun=("2m14d",),
    ),
    "lewandowscy": Way(
        begun=("3m20d",),
        refuses={-1: {"Robert": "To nie moje dziecko i nie moja sprawa."}},
    ),
    "baranowscy": Way(
        reviewed=(("33d", "Zmiana asystenta. Rodzina chce dalej robić to samo, terminy zostają."),),
    ),
    "bakowie": Way(begun=("4m15d",)),
    "jaworscy": Way(begun=("2m20d",)),
    "szymanscy": Way(begun=("3m12d",)),
    "sadowscy": Way(begun=("5m1d",)),
}
