"""Search keys: finding Polish names in any grammatical case, without diacritics or by a prefix.

**Search.** Each row stores a *key*: the words it can be found by, each as spelled (folded) and as a *stem* shared by
its case forms, between spaces. A query becomes pairs of terms; a row matches when for every pair the key contains
``" " + term`` for one of the two (in SQL: ``key LIKE '% zolkiewsk %'``). The folded word may continue in the key, so a
prefix matches; the stem ends with a space and must be a whole word, so "Maria" does not match every Marek.

**Stemming** of a folded word of letters only:

1. *Softened endings* before -e and in the plural of adjectives return to the hard consonant:
   Sroce -> srok, Dudzie -> dud, Smolecie -> smolet, Mazurze -> mazur, Kowalscy -> kowalsk.
2. *Endings* of nouns and adjectives are removed, the longest first, repeatedly, as long as three letters
   remain: -owie, -owej, -ami, -ach, -em, -ego, -ich, -ów, -ówna, -a, -y ...
   (Nowakami, Nowakowa, Nowakówna -> nowak; Czarnego -> czarn).
3. *The mobile vowel* is removed: Kaczmarek, Kaczmarka -> kaczmark;
   Marzec, Marca -> marc; Kwiecień, Kwietnia -> kwietn; Kozioł, Kozła -> kozl; Gołąb, Gołębia -> golab.
4. Two letters and a vowel (Ewa, Ewy, Ewie) keep "a".

It is a heuristic tuned for recall: ambiguous forms share a stem (Laska is also the genitive of Lasek). Nowak and
Nowacki, Kowal and Kowalski, Mazur and Mazurek stay apart.
"""

import re
import unicodedata
from collections.abc import Iterable
from itertools import chain

# Letters that Unicode does not decompose, and v and x, which Polish does not use.
LETTER_EQUIVALENTS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "v": "w", "x": "ks"}
)
APOSTROPHES = "'’‘ʼʹ`´′"
SEPARATORS = re.compile(rf"[\s\-\u2010-\u2015\u2212{APOSTROPHES}]+")
WORD = re.compile(r"[^\W_]+")
# A word with an apostrophe, or one after the letter of such a name: O'Neill, O Neill, D Angelo, Лук'яненко.
JOINED = re.compile(r"(?<![^\W_])(?:[^\W_]+(?:'[^\W_]+)+|[DLOdlo]\s[^\W_]+)")


def fold(text: str) -> str:
    """Text normalized for search: lower case without diacritics, ł as l, v as w, x as ks, ß as ss.

    Hyphens and apostrophes become spaces, repeated spaces one. Letters of other alphabets are kept.
    """
    lowered = unicodedata.normalize("NFKD", text).casefold()
    decomposed = unicodedata.normalize("NFKD", lowered)
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return SEPARATORS.sub(" ", bare.translate(LETTER_EQUIVALENTS)).strip()


# ---- stemming ----------------------------------------------------------------------------------------

# Words whose consonant or vowel changes irregularly.
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
    """The part of at least three letters shared by all case forms of a name; a heuristic (see the module).

    Shorter words and words with digits are only folded. Several words give the stem of each.
    """
    words = _words(word)
    if len(words) != 1:
        return " ".join(map(stem, words))
    # The accusative -ę stands for -a; once folded it would look like a softened dative in -e.
    folded = fold(re.sub("ę$", "a", words[0].lower()))
    if len(folded) < MIN_STEM_LENGTH or not folded.isalpha():
        return folded
    bare = _strip_endings(_restore_hard_consonant(folded))
    for pattern, replacement in MOBILE_VOWELS:
        shorter = pattern.sub(replacement, bare)
        bare = shorter if len(shorter) >= MIN_STEM_LENGTH else bare
    return bare


def _restore_hard_consonant(word: str) -> str:
    """Step 1: undo the softening of the final consonant."""
    if word in IRREGULAR_STEMS:
        return IRREGULAR_STEMS[word]
    for ending, hard in SOFTENED_ENDINGS:
        if word.endswith(ending):
            bare = word.removesuffix(ending) + hard
            short = bare + "a" if len(bare) + 1 >= MIN_STEM_LENGTH else word
            return bare if len(bare) >= MIN_STEM_LENGTH else short
    return re.sub("(?<=[aou])i$", "ji", word)  # Mai, Zoi: of Maja, Zoja


def _strip_endings(word: str) -> str:
    """Steps 2 and 4: remove endings as long as enough letters remain."""
    if short := SHORT_NAME.fullmatch(word):
        return short[1] + "a"
    while ending := next(
        (each for each in ENDINGS if word.endswith(each) and len(word) - len(each) >= MIN_STEM_LENGTH), ""
    ):
        word = word.removesuffix(ending)
    return word


# ---- keys and queries --------------------------------------------------------------------------------


def build_search_key(*texts: str) -> str:
    """The key to store for the texts: " anna ann zolkiewska zolkiewsk ".

    Every distinct word, folded and stemmed, between spaces; empty when there are no words. A word with an apostrophe
    stands in parts and in one word: " o neill oneill ".
    """
    words = [*_words(*texts), *(_join(each) for text in texts for each in JOINED.findall(_plain(text)))]
    forms = dict.fromkeys(chain.from_iterable((fold(word), stem(word)) for word in words))
    return f" {' '.join(forms)} " if forms else ""


def join_keys(keys: Iterable[str]) -> str:
    """A key with the words of all keys, each once."""
    words = sorted({word for key in keys for word in key.split()})
    return f" {' '.join(words)} " if words else ""


def query_terms(query: str) -> list[tuple[str, ...]]:
    """For each word of the query its folded form and its stem with a closing space, to be sought after a space.

    Of a word with an apostrophe both forms of its longest part and in one word: a key may have either. Letters and
    digits only, so nothing needs escaping in LIKE. Empty for a query without words, which matches nothing.
    """
    terms: dict[tuple[str, ...], None] = {}
    text, end = _plain(query), 0
    for match in JOINED.finditer(text):
        terms |= dict.fromkeys(map(_terms, _words(text[end : match.start()])))
        # The part first: of "o Kasi" it is the word, by which diminutives and whole names are known.
        terms[_terms(max(_words(match[0]), key=len)) + _terms(_join(match[0]))] = None
        end = match.end()
    return list(terms | dict.fromkeys(map(_terms, _words(text[end:]))))


def _terms(word: str) -> tuple[str, ...]:
    return fold(word), stem(word) + " "


def key_matches_query(key: str, query: str) -> bool:
    """Whether a stored key matches the query: the Python equivalent of the SQL condition."""
    words = query_terms(query)
    return bool(words) and all(any(" " + each in key for each in terms) for terms in words)


def _words(*texts: str) -> list[str]:
    """Words with their diacritics, which stemming needs."""
    return [word for text in texts for word in WORD.findall(SEPARATORS.sub(" ", _plain(text)))]


def _join(word: str) -> str:
    return re.sub(r"['\s]", "", word)


def _plain(text: str) -> str:
    """Composed letters, and one kind of apostrophe."""
    return re.sub(f"[{APOSTROPHES}]", "'", unicodedata.normalize("NFC", text))
