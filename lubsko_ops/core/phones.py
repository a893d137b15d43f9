"""Telephone numbers as people in Poland write them.

Where an area code or a mobile prefix begins is public (the numbering plan of the Office of Electronic
Communications); whether a number is in use is not checked.
"""

import re

from django.core.exceptions import ValidationError

# 000 begins no number at all: those of the demo stand there, so that nobody is called from it.
IN_THREES = ("000", "45", "50", "51", "53", "57", "60", "66", "69", "70", "72", "73", "78", "79", "80", "88")
WRONG = (
    "Wpisz 9 cyfr, np. 500 600 700 albo 68 372 11 22. "
    "Numer zagraniczny zacznij od + i numeru kraju, np. +380 67 123 45 67."
)
BETWEEN = re.compile(r"[\s\-\u2010-\u2015./()]+")
SIGNED = re.compile(r"^(?:\+|00) ?(?=[1-9])")


def clean_phone(text: str) -> str:
    """The number in its one written form: "500 600 700", "68 372 11 22", "+380 67 123 45 67".

    Polish numbers lose their +48. Empty for an empty text. Raises ValidationError with a sentence.
    """
    parts = BETWEEN.sub(" ", re.sub(r"^\s*tel\.?:?", "", text, flags=re.IGNORECASE)).strip()
    if not parts:
        return ""
    abroad = bool(SIGNED.search(parts))
    parts = SIGNED.sub("", parts)
    digits = parts.replace(" ", "")
    if not (digits.isascii() and digits.isdecimal()):
        raise ValidationError(WRONG)
    if abroad and digits.startswith("48"):
        abroad, digits = False, digits[2:]
    if abroad:
        if not 6 <= len(digits) <= 15:
            raise ValidationError(WRONG)
        return f"+{parts}"
    if len(digits) != 9 or (digits.startswith("0") and not digits.startswith("000")):
        raise ValidationError(WRONG)
    if digits.startswith(IN_THREES):
        return f"{digits[:3]} {digits[3:6]} {digits[6:]}"
    return f"{digits[:2]} {digits[2:5]} {digits[5:7]} {digits[7:]}"


def phone_digits(number: str) -> str:
    """Only the digits, to compare and to search by; with the number of the country when it is foreign."""
    return re.sub(r"\D", "", number)


def phone_link(number: str) -> str:
    """The address that dials the number: "tel:+48500600700"."""
    return f"tel:{'+' if number.startswith('+') else '+48'}{phone_digits(number)}"
