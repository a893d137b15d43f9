"""A logging filter that keeps personal data out of the log: the database quotes the values of the row it refuses."""

import logging
import re

from django.core.exceptions import AppRegistryNotReady

from lubsko_ops.core.privacy import plain_columns

MASK = "(…)"
ROW = re.compile(r"(Failing row contains )\(.*?\)(?=\.?\s*$)", re.MULTILINE | re.DOTALL)
KEY = re.compile(
    r"(Key )\(([^)]*)\)=\((.*?)\)(?= (?:already exists|is not present|is still referenced|conflicts))"
)
CONFLICTING = re.compile(r"(conflicts with existing key )\(([^)]*)\)=\((.*?)\)(?=\.)")


def mask_database_values(text: str) -> str:
    """The text with quoted rows, and quoted keys with a column that is not PLAIN, replaced by "(…)"."""
    text = ROW.sub(rf"\1{MASK}", text)
    return CONFLICTING.sub(_mask_key, KEY.sub(_mask_key, text))


def _mask_key(match: re.Match[str]) -> str:
    columns = {name.strip(' "') for name in match[2].split(",")}
    try:
        plain = columns <= plain_columns()
    except (AppRegistryNotReady, LookupError):  # during set-up nothing is known to be plain
        plain = False
    return match[0] if plain else f"{match[1]}({match[2]})={MASK}"


class DatabaseValuesFilter(logging.Filter):
    """Masks quoted database values in the message and in the traceback of every record."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = mask_database_values(record.getMessage()), ()
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = mask_database_values(record.exc_text)
        return True
