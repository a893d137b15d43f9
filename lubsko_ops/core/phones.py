"""Polish and foreign telephone numbers: validation and formatting.

Area codes and mobile prefixes follow the numbering plan of the Office of Electronic Communications; whether a number is
in use is not checked.
"""

import re

from django.core.exceptions import ValidationError

# Written in threes ("500 600 700"). No real number starts with 000: it is used by the demo data.
MOBILE_STYLE_PREFIXES = (
    "000",
    "45",
    "50",
    "51",
    "53",
    "57",
    "60",
    "66",
    "69",
    "70",
    "72",
    "73",
    "78",
    "79",
    "80",
    "88",
)
INVALID_PHONE_MESSAGE = (
    "Wpisz 9 cyfr, np. 500 600 700 albo 68 372 11 22. "
    "Numer zagraniczny zacznij od + i numeru kraju, np. +380 67 123 45 67."
)
SEPARATORS = re.compile(r"[\s\-\u2010-\u2015./()]+")
INTERNATIONAL_PREFIX = re.compile(r"^(?:\+|00) ?(?=[1-9])")


def clean_phone(text: str) -> str:
    """The number in canonical form: "500 600 700", "68 372 11 22", "+380 67 123 45 67".

    Polish numbers lose their +48. Empty for an empty text. Raises ValidationError with a message for the user.
    """
    parts = SEPARATORS.sub(" ", re.sub(r"^\s*tel\.?:?", "", text, flags=re.IGNORECASE)).strip()
    if not parts:
        return ""
    abroad = bool(INTERNATIONAL_PREFIX.search(parts))
    parts = INTERNATIONAL_PREFIX.sub("", parts)
    digits = parts.replace(" ", "")
    if not (digits.isascii() and digits.isdecimal()):
        raise ValidationError(INVALID_PHONE_MESSAGE)
    if abroad and digits.startswith("48"):
        abroad, digits = False, digits[2:]
    if abroad:
        if not 6 <= len(digits) <= 15:
            raise ValidationError(INVALID_PHONE_MESSAGE)
        return f"+{parts}"
    if len(digits) != 9 or (digits.startswith("0") and not digits.startswith("000")):
        raise ValidationError(INVALID_PHONE_MESSAGE)
    if digits.startswith(MOBILE_STYLE_PREFIXES):
        return f"{digits[:3]} {digits[3:6]} {digits[6:]}"
    return f"{digits[:2]} {digits[2:5]} {digits[5:7]} {digits[7:]}"


def phone_digits(number: str) -> str:
    """Only the digits, for comparison and search; foreign numbers with the country code."""
    return re.sub(r"\D", "", number)


def tel_url(number: str) -> str:
    """The link that dials the number: "tel:+48500600700"."""
    return f"tel:{'+' if number.startswith('+') else '+48'}{phone_digits(number)}"
