"""The sample document "Wydruk próbny" (templates/print/sample.html): every element of a printed document.

Used by the gallery, to test a printer, and by the tests of printing. All data are invented.
"""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from lubsko_ops.output import chart

ALPHABET = "ąćęłńóśźż ĄĆĘŁŃÓŚŹŻ aąbcćdeęfghijklłmnńoóprsśtuwyzźż AĄBCĆDEĘFGHIJKLŁMNŃOÓPRSŚTUWYZŹŻ qvx QVX"
SIGNS = "0123456789 „ ” – — … § € % ½ × · − ( ) [ ] / & < > ' \" @ 91-735"


def print_sample_context(centre: Any = None, *, rows: int = 45) -> dict[str, Any]:
    """The context of print/sample.html; ``rows``: number of rows in the long table."""
    first = date(2026, 7, 1)
    quarters = ["IV kw.\n2024", "I kw.\n2025", "II kw.\n2025", "III kw.\n2025", "IV kw.\n2025", "I kw.\n2026"]
    assistants = ["Żaneta Łęcka", "Bożena Trzcińska", "Kinga Wójcik-Ćwik", "Paweł Źródlak (½ etatu)"]
    loads = [14, 13, 12, 6]
    return {
        "centre": centre
        or SimpleNamespace(
            name="Miejsko-Gminny Ośrodek Pomocy Społecznej w Lubsku",
            address_line="ul. Przykładowa 12, 68-300 Lubsko",
            phone="68 000 00 00",
            email="sekretariat@ops.example",
            website="",
        ),
        "case_reference": "OPS.0000.0.2026",
        "locality": "Lubsko",
        "dated": date(2026, 10, 7),
        "as_of": date(2026, 9, 30),
        "alphabet": ALPHABET,
        "signs": SIGNS,
        "visits": [
            SimpleNamespace(
                day=first + timedelta(days=number),
                family="Żółkiewscy" if number % 2 else "Dąbrówkowie",
                subject="rozmowa o wydatkach i o ratach; wniosek w zarządzie budynku, a w środę zebranie",
                minutes=45 + number % 4 * 15,
            )
            for number in range(rows)
        ],
        "quarters": chart.bars(
            "Rodziny na koniec kwartału",
            quarters,
            [44, 45, 46, 45, 47, 49],
            [41, 41, 43, 44, 44, 45],
            limit=chart.ChartLimit(60, "60 miejsc"),
            for_print=True,
        ),
        "assistants": chart.horizontal_bars(
            "Rodziny na asystenta", assistants, loads, limit=chart.ChartLimit(15, "limit 15")
        ),
        "progress": chart.sparkline(
            [2, 2, 3, 4], title="Opieka i wychowanie, oceny od 1 do 5", for_print=True
        ),
        "slots": chart.slots(13, 15, [3] * 3 + [2] * 5 + [1] * 5, title="13 rodzin z 15", for_print=True),
        "refused_on": date(2026, 9, 18),
    }
