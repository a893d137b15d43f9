"""Names of people: finding them in any case form, sorting them, the plural that names a family.

**How search works.** Each person keeps a *key*: the words of everything she can be found by, each as it
is spelled (folded) and as a *stem* shared by its case forms, between spaces. A query becomes pairs of
beginnings; the person is found when for every pair the key contains ``" " + one`` of the two
(in SQL: ``key LIKE '% zolkiewsk %'``). The folded word may go on in the key, so half a name finds it;
the stem brings its closing space and must be a whole word, so "Maria" does not find every Marek.

**How the stem is made**, from a folded word of letters only:

1. *Softened endings* before -e and in the plural of adjectives go back to the bare consonant:
   Sroce -> srok, Dudzie -> dud, Smolecie -> smolet, Mazurze -> mazur, Kowalscy -> kowalsk.
2. *Endings* of nouns and adjectives come off, the longest first and again while any fits, as long as
   three letters stay: -owie, -owej, -ami, -ach, -em, -ego, -ich, -ów, -ówna, -a, -y ...
   (Nowakami, Nowakowa, Nowakówna -> nowak; Czarnego -> czarn).
3. *The vowel that comes and goes* goes everywhere: Kaczmarek, Kaczmarka -> kaczmark;
   Marzec, Marca -> marc; Kwiecień, Kwietnia -> kwietn; Kozioł, Kozła -> kozl; Gołąb, Gołębia -> golab.
4. Two letters and a vowel (Ewa, Ewy, Ewie) keep "a".

It is a heuristic made for recall: forms that really are ambiguous fall together (Laska is Laska and the
genitive of Lasek). Nowak and Nowacki, Kowal and Kowalski, Mazur and Mazurek stay apart.
"""

import re
import unicodedata
from itertools import chain

# Letters that Unicode does not take apart, and the two that Polish does not use.
LETTER_EQUIVALENTS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "v": "w", "x": "ks"}
)
SEPARATORS = re.compile(r"[\s\-\u2010-\u2015\u2212'’‘ʼʹ`´]+")
WORD = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """Text as search compares it: small letters without diacritics, ł as l, v as w, x as ks, ß as ss.

    Hyphens and apostrophes become spaces, runs of spaces one. Letters of other alphabets stay.
    """
    small = unicodedata.normalize("NFKD", text).casefold()
    apart = unicodedata.normalize("NFKD", small)
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return SEPARATORS.sub(" ", bare.translate(LETTER_EQUIVALENTS)).strip()


# ---- the stem ----------------------------------------------------------------------------------------

# Plurals of adjectives whose consonant or vowel changes in its own way.
IRREGULAR_STEMS = {
    "cisi": "cich",
    "susi": "such",
    "glusi": "gluch",
    "plosi": "ploch",
    "dludzy": "dlug",
    "drodzy": "drog",
    "srodzy": "srog",
    "dzicy": "dzik",
    "weseli": "wesol",
    "weza": "waz",
    "wezowi": "waz",
    "wezem": "waz",
    "wezu": "waz",
}
SOFTENED_ENDINGS = (
    ("iezdzie", "iazd"),  # Gwieździe
    ("zdzie", "zd"),
    ("scie", "st"),  # Kapuście
    ("dzie", "d"),  # Dudzie
    ("cie", "t"),  # Smolecie
    ("rze", "r"),  # Sikorze
    ("sze", "ch"),  # Musze
    ("dze", "g"),  # Wadze
    ("ce", "k"),  # Sroce
    ("sci", "st"),  # Prości
    ("dzi", "d"),  # Młodzi
    ("ci", "t"),  # Złoci
    ("scy", "sk"),  # Kowalscy
    ("ccy", "ck"),  # Nowaccy
    ("zcy", "zk"),  # Zawadzcy
    ("lcy", "lk"),  # Wielcy
)
CASE_ENDINGS = (
    "a e i o u y ie ia io iu ii em iem om iom ow iow owi owie iowi iowie owa owej owych owym owo "
    "owna owny ownie owne owno ami iami ach iach ego iego ej iej emu iemu im ich imi ym ych ymi"
)
ENDINGS = sorted(CASE_ENDINGS.split(), key=len, reverse=True)
SHORT_NAME = re.compile(r"([a-z][bcdfghjklmnprstwz])(?:ie|[aeiouy])")
MOBILE_VOWELS = (
    (re.compile(r"(?<=..)i?e(?=[cklnr]$)"), ""),  # Kaczmarek, Marzec, Wróbel, Kwiecień, Luter
    (re.compile(r"(?<=..)io(?=l$)"), ""),  # Kozioł
    (re.compile(r"(?<=.)rz(?=[cln]?$)"), "r"),  # Marzc-, Orzl-; Bednarz
    (re.compile(r"(?<=.)c(?=[ln]$)"), "t"),  # Kwiecn-, Kocl-
    (re.compile(r"(?<=.)dz(?=[ln]$)"), "d"),  # Grudzn-
    (re.compile(r"e(?=b$)"), "a"),  # Gołęb-
)
MIN_STEM_LENGTH = 3


def stem(word: str) -> str:
    """What all case forms of a name have in common, of at least three letters; a heuristic (see above).

    A word that holds digits, or is shorter, is only folded. Several words give the stem of each.
    """
    words = _words(word)
    if len(words) != 1:
        return " ".join(map(stem, words))
    # The accusative in -ę means -a; once folded it would look like a softened dative in -e.
    folded = fold(re.sub("ę$", "a", words[0].lower()))
    if len(folded) < MIN_STEM_LENGTH or not folded.isalpha():
        return folded
    bare = _strip_endings(_restore_hard_consonant(folded))
    for pattern, replacement in MOBILE_VOWELS:
        shorter = pattern.sub(replacement, bare)
        bare = shorter if len(shorter) >= MIN_STEM_LENGTH else bare
    return bare


def _restore_hard_consonant(word: str) -> str:
    """Step 1: the consonant before it was softened."""
    if word in IRREGULAR_STEMS:
        return IRREGULAR_STEMS[word]
    for ending, hard in SOFTENED_ENDINGS:
        if word.endswith(ending):
            bare = word.removesuffix(ending) + hard
            short = bare + "a" if len(bare) + 1 >= MIN_STEM_LENGTH else word
            return bare if len(bare) >= MIN_STEM_LENGTH else short
    return re.sub("(?<=[aou])i$", "ji", word)  # Mai, Zoi: of Maja, Zoja


def _strip_endings(word: str) -> str:
    """Step 2 (and 4): endings taken off as long as enough is left."""
    if short := SHORT_NAME.fullmatch(word):
        return short[1] + "a"
    while ending := next(
        (each for each in ENDINGS if word.endswith(each) and len(word) - len(each) >= MIN_STEM_LENGTH), ""
    ):
        word = word.removesuffix(ending)
    return word


# ---- the key and the query ---------------------------------------------------------------------------


def build_search_key(*texts: str) -> str:
    """The key to store for a person known by these texts: " anna ann zolkiewska zolkiewsk ".

    Every distinct word, as folded and as stem, between spaces; empty when there are no words.
    """
    words = dict.fromkeys(chain.from_iterable((fold(word), stem(word)) for word in _words(*texts)))
    return f" {' '.join(words)} " if words else ""


def query_terms(query: str) -> list[tuple[str, str]]:
    """What to look for, after a space, in the stored keys: per word the folded word or its stem.

    The stem ends with a space (a whole word of the key). Only letters and digits, so that nothing of
    it means anything to LIKE. Empty for a query without words, which finds nobody.
    """
    return list(dict.fromkeys((fold(word), stem(word) + " ") for word in _words(query)))


def key_matches_query(key: str, query: str) -> bool:
    """Whether a stored key answers the query: the contract of the two functions above, in Python."""
    pairs = query_terms(query)
    return bool(pairs) and all(any(" " + each in key for each in pair) for pair in pairs)


def _words(*texts: str) -> list[str]:
    """Words as written, diacritics and all (the stem needs them)."""
    return [
        word
        for text in texts
        for word in WORD.findall(SEPARATORS.sub(" ", unicodedata.normalize("NFC", text)))
    ]


# ---- order -------------------------------------------------------------------------------------------


# ---- the name of a family ----------------------------------------------------------------------------
