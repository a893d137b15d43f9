"""Polish words of schedules in all their cases. Keys are folded: lower case, plain letters."""

import unicodedata

from lubsko_ops.core.dates import MONTH_NAMES
from lubsko_ops.core.parsing import ROMAN_MONTHS
from lubsko_ops.core.polish import MONTHS_GENITIVE, WEEKDAYS
from sessions.schedule.schedule import MONTHS_LOCATIVE


def fold(text: str) -> str:
    """ "Środę" → "srode"."""
    plain = unicodedata.normalize("NFD", text.lower().replace("ł", "l"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def _words(text: str) -> frozenset[str]:
    """The words of a list written as one text."""
    return frozenset(text.split())


# ---- weekdays --------------------------------------------------------------------------------------
SINGULAR, PLURAL, SHORT = "singular", "plural", "short"
_MASCULINE = (("ek", "ku", "kowi", "kiem"), ("ki", "kow", "kom", "kami", "kach"))
_WEEKDAY_STEMS = {0: "poniedzial", 1: "wtor", 3: "czwart", 4: "piat"}
WEEKDAY_FORMS: dict[str, tuple[int, str]] = {}
for _number, _stem in _WEEKDAY_STEMS.items():
    WEEKDAY_FORMS |= {_stem + ending: (_number, SINGULAR) for ending in _MASCULINE[0]}
    WEEKDAY_FORMS |= {_stem + ending: (_number, PLURAL) for ending in _MASCULINE[1]}
WEEKDAY_FORMS |= dict.fromkeys(("sroda", "srode", "srodzie", "srodo"), (2, SINGULAR))
WEEKDAY_FORMS |= dict.fromkeys(("srody", "srod", "srodom", "srodami", "srodach"), (2, PLURAL))
WEEKDAY_FORMS |= dict.fromkeys(("sobota", "sobote", "sobocie"), (5, SINGULAR))
WEEKDAY_FORMS |= dict.fromkeys(("soboty", "sobot", "sobotom", "sobotami", "sobotach"), (5, PLURAL))
WEEKDAY_FORMS |= dict.fromkeys(("niedziela", "niedzieli"), (6, SINGULAR))
WEEKDAY_FORMS |= dict.fromkeys(
    ("niedziele", "niedziel", "niedzielom", "niedzielami", "niedzielach"), (6, PLURAL)
)
SHORT_WEEKDAYS = (
    "pn pon pnd poniedz", "wt wto wtor", "sr srd", "cz czw czwart", "pt pia piat", "so sb sob", "nd ndz niedz",
)  # fmt: skip
WEEKDAY_FORMS |= {
    form: (number, SHORT) for number, forms in enumerate(SHORT_WEEKDAYS) for form in forms.split()
}
FEMININE_WEEKDAYS = (2, 5, 6)
WEEKDAYS_ACCUSATIVE = tuple(f"{name[:-1]}ę" if name.endswith("a") else name for name in WEEKDAYS)
WEEKDAYS_PLURAL = ("poniedziałki", "wtorki", "środy", "czwartki", "piątki", "soboty", "niedziele")
WEEKDAYS_GENITIVE_PLURAL = ("poniedziałków", "wtorków", "śród", "czwartków", "piątków", "sobót", "niedziel")
WEEKDAYS_GENITIVE = ("poniedziałku", "wtorku", "środy", "czwartku", "piątku", "soboty", "niedzieli")

# ---- months ----------------------------------------------------------------------------------------
MONTH_FORMS: dict[str, int] = {}
for _number, _names in enumerate(zip(MONTH_NAMES, MONTHS_GENITIVE, MONTHS_LOCATIVE, strict=True), start=1):
    MONTH_FORMS |= {fold(name): _number for name in _names}
    if _number != 2:  # luty is an adjective
        MONTH_FORMS |= {fold(_names[1])[:-1] + ending: _number for ending in ("em", "iem", "owi")}
MONTH_FORMS |= {"lutym": 2, "lutemu": 2, "luty": 2}
SHORT_MONTHS = (
    "sty stycz", "lut", "mar", "kwi kwiec", "maj", "cze czerw", "lip", "sierp", "wrz wrzes", "paz pazdz",
    "lis list listop", "gru grudz",
)  # fmt: skip
MONTH_FORMS |= {form: number for number, forms in enumerate(SHORT_MONTHS, start=1) for form in forms.split()}
ROMAN = {name.upper(): number for number, name in enumerate(ROMAN_MONTHS, start=1)}

# ---- numbers ---------------------------------------------------------------------------------------
_ADJECTIVE = ("y", "a", "e", "ego", "ej", "emu", "ym", "ych", "ymi")
_SOFT = ("i", "a", "ia", "ie", "iego", "iej", "iemu", "im", "ich", "imi")
_ORDINAL_STEMS = {
    1: "pierwsz", 4: "czwart", 5: "piat", 6: "szost", 7: "siodm", 8: "osm", 9: "dziewiat", 10: "dziesiat",
    11: "jedenast", 12: "dwunast", 13: "trzynast", 14: "czternast", 15: "pietnast", 16: "szesnast",
    17: "siedemnast", 18: "osiemnast", 19: "dziewietnast", 20: "dwudziest", 30: "trzydziest",
}  # fmt: skip
ORDINALS: dict[str, int] = {
    stem + ending: number for number, stem in _ORDINAL_STEMS.items() for ending in _ADJECTIVE
}
ORDINALS |= {stem + ending: number for number, stem in {2: "drug", 3: "trzec"}.items() for ending in _SOFT}
LAST = {
    stem + ending: number for number, stem in {-1: "ostatn", -2: "przedostatn"}.items() for ending in _SOFT
}
PLURAL_ORDINAL_ENDINGS = ("e", "ych", "ymi", "ie", "ich", "imi")
ORDINAL_NAMES = {
    1: "pierwszy", 2: "drugi", 3: "trzeci", 4: "czwarty", 5: "piąty", -1: "ostatni", -2: "przedostatni",
}  # fmt: skip
CARDINALS = {
    form: number
    for number, forms in {
        1: "jeden jedna jedno jednego jednej jednym", 2: "dwa dwie dwoch dwu dwom dwoma",
        3: "trzy trzech trzem trzema", 4: "cztery czterech czterem czterema", 5: "piec pieciu", 6: "szesc szesciu",
        7: "siedem siedmiu", 8: "osiem osmiu", 9: "dziewiec dziewieciu", 10: "dziesiec dziesieciu",
        11: "jedenascie jedenastu", 12: "dwanascie dwunastu", 13: "trzynascie trzynastu",
        14: "czternascie czternastu", 15: "pietnascie pietnastu", 16: "szesnascie szesnastu",
        17: "siedemnascie siedemnastu", 18: "osiemnascie osiemnastu", 19: "dziewietnascie dziewietnastu",
        20: "dwadziescia dwudziestu", 30: "trzydziesci trzydziestu", 40: "czterdziesci czterdziestu",
        50: "piecdziesiat piecdziesieciu", 60: "szescdziesiat szescdziesieciu",
        70: "siedemdziesiat", 80: "osiemdziesiat", 90: "dziewiecdziesiat", 100: "sto stu",
    }.items()
    for form in forms.split()
}  # fmt: skip
NUMBER_PREFIXES = {
    "jedno": 60, "poltora": 90, "dwu": 120, "trzy": 180, "cztero": 240, "piecio": 300, "szescio": 360,
    "siedmio": 420, "osmio": 480,
}  # fmt: skip

# ---- other words -----------------------------------------------------------------------------------
EACH = _words("kazdy kazda kazde kazdego kazdej kazdym kazdych wszystkie wszystkich wszystkim")
WORKING = {"robocz" + ending for ending in _ADJECTIVE}
DAY_WORDS = _words("dzien dnia dni dniu dniach dniem")
MONTH_WORDS = _words("miesiac miesiaca miesiacu miesiace miesiecy miesiacach mies mc")
WEEK_WORDS = _words("tydzien tygodnia tygodniu tygodnie tygodni tyg tydz")
YEAR_WORDS = _words("r rok roku")
HOUR_WORDS = _words("godz godzina godzine godziny godzin godzinie godzinach g h")
MINUTE_WORDS = _words("min minut minuty minute")
LESSON_WORDS = {
    stem + ending for stem in ("lekcyjn", "dydaktyczn", "szkoln") for ending in ("a", "e", "ych", "ej", "ymi")
}
MEETING_PREFIXES = (
    "spotkan", "zajec", "wyjazd", "wyciecz", "warsztat", "trening", "konsultacj", "sesj", "szkolen",
    "lekcj", "zjazd", "dyzur",
)  # fmt: skip
FILLERS = _words(
    "sie sa jest bedzie beda odbywaja odbywa odbeda odbedzie prowadzone prowadzona prowadzimy planowane planowanych "
    "zaplanowane zaplanowanych realizowane spotykamy spotyka spotykaja cykl cyklu harmonogram harmonogramu terminy "
    "termin terminach terminie okresie regularnie cyklicznie zawsze kolejnych kolejne kolejno nastepujace "
    "nastepujacych nastepujacy wlacznie tj tzn tylko tym dla danego grupa grupy grupowe calym caly cala calego "
    "mamy bedziemy wsparcia rodzicow rodzicami rodzin matek ojcow dzieci uczestnikow uczestniczek indywidualne "
    "indywidualnych seria serii"
)
JOINERS = _words("i oraz a tez takze rowniez jak plus potem nastepnie dodatkowo ponadto")
ABBREVIATIONS = _words("r godz g h min tyg mies tj tzn ok m in dn")


def is_meeting_word(word: str) -> bool:
    """Whether it names a meeting in some case: "spotkań", "zajęcia", "warsztatów"."""
    return word.startswith(MEETING_PREFIXES)
