import unicodedata

ALPHABET = "aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż"


PUNCTUATION = " _-,;:!?.'’\"()[]{}@*/\\&#%`^+<=>|~$"


RANK = {sign: place for place, sign in enumerate(PUNCTUATION + "0123456789" + ALPHABET)}


# Foreign letters stand with their plain letter; the marks among themselves: acute, grave, breve,
# circumflex, caron, ring, diaeresis, double acute, tilde, dot, stroke, cedilla, ogonek, macron, ß.
MARKS = "\u0301\u0300\u0306\u0302\u030c\u030a\u0308\u030b\u0303\u0307\u0338\u0327\u0328\u0304\u0335"


DECOMPOSED_LETTERS = {"ø": "o\u0338", "đ": "d\u0338", "ß": "s\u0335s"}


def sort_key(text: str) -> tuple:
    """Key for sorting in Python as PostgreSQL sorts with ``pl-PL-x-icu``.

    Polish letters have their own places (Ą after A, Ł after L, Ź and then Ż after Z); a space comes
    before a hyphen and both before letters; small before capital only between words otherwise alike.
    """
    text = unicodedata.normalize("NFC", text)
    letters, marks, sizes = [], [], []
    for sign in text:
        small = sign.lower()
        for part in (
            small if small in RANK else unicodedata.normalize("NFKD", DECOMPOSED_LETTERS.get(small, small))
        ):
            if unicodedata.combining(part):
                place = MARKS.find(part) % 99  # a mark not in the list comes last
                marks[-1:] = [(*(marks[-1] if marks else ()), place)]
            else:
                letters.append(RANK.get(part, len(RANK) + ord(part)))
                marks.append(())
                sizes.append(sign != small)
    return letters, marks, sizes, text
