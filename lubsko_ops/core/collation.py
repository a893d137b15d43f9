"""Polish sort order in Python, equal to PostgreSQL's collation ``pl-PL-x-icu``."""

import unicodedata

ALPHABET = "aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż"
PUNCTUATION = " _-,;:!?.'’\"()[]{}@*/\\&#%`^+<=>|~$"
SortKey = tuple[list[int], list[tuple[int, ...]], list[bool], str]
RANK = {char: rank for rank, char in enumerate(PUNCTUATION + "0123456789" + ALPHABET)}
# Foreign letters sort with their base letter; the order of the marks: acute, grave, breve, circumflex,
# caron, ring, diaeresis, double acute, tilde, dot, stroke, cedilla, ogonek, macron, ß.
MARKS = "\u0301\u0300\u0306\u0302\u030c\u030a\u0308\u030b\u0303\u0307\u0338\u0327\u0328\u0304\u0335"
DECOMPOSED_LETTERS = {"ø": "o\u0338", "đ": "d\u0338", "ß": "s\u0335s"}


def sort_key(text: str) -> SortKey:
    """Sort key: Polish letters are separate letters (Ą after A, Ł after L, Ź and then Ż after Z).

    A space sorts before a hyphen and both before letters; lower case before upper case only in otherwise equal words.
    """
    text = unicodedata.normalize("NFC", text)
    letters: list[int] = []
    marks: list[tuple[int, ...]] = []
    cases: list[bool] = []
    for char in text:
        small = char.lower()
        for part in (
            small if small in RANK else unicodedata.normalize("NFKD", DECOMPOSED_LETTERS.get(small, small))
        ):
            if unicodedata.combining(part):
                rank = MARKS.find(part) % 99  # a mark not in the list comes last
                marks[-1:] = [(*(marks[-1] if marks else ()), rank)]
            else:
                letters.append(RANK.get(part, len(RANK) + ord(part)))
                marks.append(())
                cases.append(char != small)
    return letters, marks, cases, text
