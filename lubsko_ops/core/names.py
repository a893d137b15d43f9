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
FOREIGN = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "v": "w", "x": "ks"}
)
BETWEEN = re.compile(r"[\s\-\u2010-\u2015\u2212'’‘ʼʹ`´]+")
WORD = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """Text as search compares it: small letters without diacritics, ł as l, v as w, x as ks, ß as ss.

    Hyphens and apostrophes become spaces, runs of spaces one. Letters of other alphabets stay.
    """
    small = unicodedata.normalize("NFKD", text).casefold()
    apart = unicodedata.normalize("NFKD", small)
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return BETWEEN.sub(" ", bare.translate(FOREIGN)).strip()


# ---- the stem ----------------------------------------------------------------------------------------

# Plurals of adjectives whose consonant or vowel changes in its own way.
IRREGULAR = {
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
SOFTENED = (
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
SHORT = re.compile(r"([a-z][bcdfghjklmnprstwz])(?:ie|[aeiouy])")
MOVING = (
    (re.compile(r"(?<=..)i?e(?=[cklnr]$)"), ""),  # Kaczmarek, Marzec, Wróbel, Kwiecień, Luter
    (re.compile(r"(?<=..)io(?=l$)"), ""),  # Kozioł
    (re.compile(r"(?<=.)rz(?=[cln]?$)"), "r"),  # Marzc-, Orzl-; Bednarz
    (re.compile(r"(?<=.)c(?=[ln]$)"), "t"),  # Kwiecn-, Kocl-
    (re.compile(r"(?<=.)dz(?=[ln]$)"), "d"),  # Grudzn-
    (re.compile(r"e(?=b$)"), "a"),  # Gołęb-
)
SHORTEST = 3


def stem(word: str) -> str:
    """What all case forms of a name have in common, of at least three letters; a heuristic (see above).

    A word that holds digits, or is shorter, is only folded. Several words give the stem of each.
    """
    words = _words(word)
    if len(words) != 1:
        return " ".join(map(stem, words))
    # The accusative in -ę means -a; once folded it would look like a softened dative in -e.
    folded = fold(re.sub("ę$", "a", words[0].lower()))
    if len(folded) < SHORTEST or not folded.isalpha():
        return folded
    bare = _without_endings(_hardened(folded))
    for pattern, replacement in MOVING:
        shorter = pattern.sub(replacement, bare)
        bare = shorter if len(shorter) >= SHORTEST else bare
    return bare


def _hardened(word: str) -> str:
    """Step 1: the consonant before it was softened."""
    if word in IRREGULAR:
        return IRREGULAR[word]
    for ending, hard in SOFTENED:
        if word.endswith(ending):
            bare = word.removesuffix(ending) + hard
            short = bare + "a" if len(bare) + 1 >= SHORTEST else word
            return bare if len(bare) >= SHORTEST else short
    return re.sub("(?<=[aou])i$", "ji", word)  # Mai, Zoi: of Maja, Zoja


def _without_endings(word: str) -> str:
    """Step 2 (and 4): endings taken off as long as enough is left."""
    if short := SHORT.fullmatch(word):
        return short[1] + "a"
    while ending := next(
        (each for each in ENDINGS if word.endswith(each) and len(word) - len(each) >= SHORTEST), ""
    ):
        word = word.removesuffix(ending)
    return word


# ---- the key and the query ---------------------------------------------------------------------------


def search_words(*texts: str) -> str:
    """The key to store for a person known by these texts: " anna ann zolkiewska zolkiewsk ".

    Every distinct word, as folded and as stem, between spaces; empty when there are no words.
    """
    words = dict.fromkeys(chain.from_iterable((fold(word), stem(word)) for word in _words(*texts)))
    return f" {' '.join(words)} " if words else ""


def query_words(query: str) -> list[tuple[str, str]]:
    """What to look for, after a space, in the stored keys: per word the folded word or its stem.

    The stem ends with a space (a whole word of the key). Only letters and digits, so that nothing of
    it means anything to LIKE. Empty for a query without words, which finds nobody.
    """
    return list(dict.fromkeys((fold(word), stem(word) + " ") for word in _words(query)))


def matches(key: str, query: str) -> bool:
    """Whether a stored key answers the query: the contract of the two functions above, in Python."""
    pairs = query_words(query)
    return bool(pairs) and all(any(" " + each in key for each in pair) for pair in pairs)


def _words(*texts: str) -> list[str]:
    """Words as written, diacritics and all (the stem needs them)."""
    return [
        word for text in texts for word in WORD.findall(BETWEEN.sub(" ", unicodedata.normalize("NFC", text)))
    ]


# ---- order -------------------------------------------------------------------------------------------

ALPHABET = "aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż"
PUNCTUATION = " _-,;:!?.'’\"()[]{}@*/\\&#%`^+<=>|~$"
RANK = {sign: place for place, sign in enumerate(PUNCTUATION + "0123456789" + ALPHABET)}
# Foreign letters stand with their plain letter; the marks among themselves: acute, grave, breve,
# circumflex, caron, ring, diaeresis, double acute, tilde, dot, stroke, cedilla, ogonek, macron, ß.
MARKS = "\u0301\u0300\u0306\u0302\u030c\u030a\u0308\u030b\u0303\u0307\u0338\u0327\u0328\u0304\u0335"
TAKEN_APART = {"ø": "o\u0338", "đ": "d\u0338", "ß": "s\u0335s"}


def sort_key(text: str) -> tuple:
    """Key for sorting in Python as PostgreSQL sorts with ``pl-PL-x-icu``.

    Polish letters have their own places (Ą after A, Ł after L, Ź and then Ż after Z); a space comes
    before a hyphen and both before letters; small before capital only between words otherwise alike.
    """
    text = unicodedata.normalize("NFC", text)
    letters, marks, sizes = [], [], []
    for sign in text:
        small = sign.lower()
        for part in small if small in RANK else unicodedata.normalize("NFKD", TAKEN_APART.get(small, small)):
            if unicodedata.combining(part):
                place = MARKS.find(part) % 99  # a mark not in the list comes last
                marks[-1:] = [(*(marks[-1] if marks else ()), place)]
            else:
                letters.append(RANK.get(part, len(RANK) + ord(part)))
                marks.append(())
                sizes.append(sign != small)
    return letters, marks, sizes, text


# ---- the name of a family ----------------------------------------------------------------------------

# Surnames whose plural changes more than its ending: (singular, plural).
CHANGING = {
    "wróbel": "wróblowie",
    "kozioł": "kozłowie",
    "kozieł": "kozłowie",
    "orzeł": "orłowie",
    "szczygieł": "szczygłowie",
    "kwiecień": "kwietniowie",
    "grudzień": "grudniowie",
    "stępień": "stępniowie",
    "sierpień": "sierpniowie",
    "wrzesień": "wrześniowie",
    "gołąb": "gołębiowie",
    "jastrząb": "jastrzębiowie",
    "karp": "karpiowie",
    "kopeć": "kopciowie",
    "mróz": "mrozowie",
    "sokół": "sokołowie",
    "niedźwiedź": "niedźwiedziowie",
}
# Adjectives among surnames, by the masculine form; the feminine alone looks like a noun (Wrona).
ADJECTIVES = {
    "biały": "biali",
    "bogaty": "bogaci",
    "bury": "burzy",
    "bystry": "bystrzy",
    "chudy": "chudzi",
    "gruby": "grubi",
    "kudłaty": "kudłaci",
    "łysy": "łysi",
    "rudy": "rudzi",
    "ślepy": "ślepi",
    "żywy": "żywi",
    "cichy": "cisi",
    "czarny": "czarni",
    "długi": "dłudzy",
    "dobry": "dobrzy",
    "konieczny": "konieczni",
    "leśny": "leśni",
    "mały": "mali",
    "młody": "młodzi",
    "mądry": "mądrzy",
    "siwy": "siwi",
    "stary": "starzy",
    "suchy": "susi",
    "szary": "szarzy",
    "wesoły": "weseli",
    "wielki": "wielcy",
    "wolny": "wolni",
    "woźny": "woźni",
    "zimny": "zimni",
    "złoty": "złoci",
}
OF_FEMININE = {re.sub("(?<=[kg])i$|y$", "a", masculine): plural for masculine, plural in ADJECTIVES.items()}
# Checked in this order: (ending of the surname, ending of the plural).
PLURALS = (
    (r"sk[ia]", "scy"),
    (r"ck[ia]", "ccy"),
    (r"dzk[ia]", "dzcy"),
    (r"([nwbpm])y", r"\1i"),  # Rozłączny, Bobrowy, Gruby, Ślepy, Znajomy
    (r"ły", "li"),
    (r"dy", "dzi"),  # Chudy
    (r"ty", "ci"),  # Kudłaty
    (r"chy", "si"),  # Suchy
    (r"sy", "si"),  # Łysy
    (r"ry", "rzy"),  # Bystry
    (r"([^aeiouy])ki", r"\1cy"),  # Gładki
    (r"gi", "dzy"),  # Ubogi
    (r"rzec", "rcowie"),
    (r"niec", "ńcowie"),
    (r"i?ec", "cowie"),
    (r"niek", "ńkowie"),
    (r"siek", "śkowie"),
    (r"ciek", "ćkowie"),
    (r"ziek", "źkowie"),
    (r"ek", "kowie"),
    (r"ń", "niowie"),
    (r"ś", "siowie"),
    (r"ć", "ciowie"),
    (r"ź", "ziowie"),
    (r"[aeo]", "owie"),
    (r"([bcdfghjklłmnprstwz])", r"\1owie"),
)
# The feminine of an adjective where a noun hardly ever ends so: Rozłączna, but not Sosna, Sarna, Wojna, Wrona.
FEMININE_PLURALS = ((r"(cz|ż|ź|ś|l|d|t|z|b|p|ch|m)na", r"\1ni"),)


def family_name(surname: str, masculine: bool = True) -> str:
    """A guess how the family is called: Kowalski -> Kowalscy, Nowak -> Nowakowie, Zięba -> Ziębowie.

    masculine: whether the surname was given in its masculine form; False makes Czarna -> Czarni.
    Each part of a double-barrelled surname is put in the plural. A surname of no known shape comes
    back unchanged. Only a proposal to put into a form: the worker knows better.
    """
    whole = surname.strip()
    return "-".join(_plural(part.title() if part.isupper() else part, masculine) for part in whole.split("-"))


def _plural(surname: str, masculine: bool) -> str:
    low = surname.lower()
    known = CHANGING | ADJECTIVES | ({} if masculine else OF_FEMININE)
    if low in known:
        plural = known[low]
        return plural.capitalize() if surname[:1].isupper() else plural
    for ending, plural in PLURALS if masculine else FEMININE_PLURALS + PLURALS:
        if re.search(f".{ending}$", low):
            return re.sub(f"{ending}$", plural, surname)
    return surname
