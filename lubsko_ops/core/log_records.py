"""Keeps personal data out of every log: records hold the place in the code and kinds of errors, never their words.

The words of an exception may quote what somebody typed: the database quotes the row it refuses, a ValidationError the
value, a KeyError the key. A record is therefore written without them, whichever logger made it and whichever handler
prints it. Kept are the classes of the exceptions, the lines of code, and of a database error its SQLSTATE and the names
of the constraint, the table and the column (their meaning: PostgreSQL's documentation, appendix A).

gunicorn's configuration uses this module before Django is set up, so it imports no models.
"""

import logging
import logging.config
import re
import sys
import threading
import traceback
from collections.abc import Iterator

import psycopg
from django.core.exceptions import ImproperlyConfigured
from django.template import TemplateDoesNotExist, TemplateSyntaxError

# Their words name code and settings.
ABOUT_CODE = (
    AttributeError,
    ImportError,
    ImproperlyConfigured,
    NameError,
    NotImplementedError,
    TemplateDoesNotExist,
    TemplateSyntaxError,
)
MASK = "(…)"
# What a text may hold although no exception came with it: the words of the database, the query of an address.
QUOTED = re.compile(
    r"((?:Failing row contains|Key) )\(.*?\)(?:=\(.*?\))?(?=[. ]|\s*$)", re.MULTILINE | re.DOTALL
)
DETAILS = re.compile(r"^((?:DETAIL|CONTEXT|HINT|QUERY|STATEMENT):).*$", re.MULTILINE)
ADDRESS_QUERY = re.compile(r"(/[^\s?'\"]*\?)[^\s'\"]+")
MALFORMED_REQUEST = re.compile(r"^(Invalid request from ip=\S+).*", re.DOTALL)  # gunicorn quotes it
BETWEEN = {
    "__cause__": "The above exception was the direct cause of the following exception:",
    "__context__": "During handling of the above exception, another exception occurred:",
}


# ---- exceptions ------------------------------------------------------------------------------------
def describe(error: BaseException) -> str:
    """The class of the exception, and its words only when they are about code."""
    kind = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    cause = error if isinstance(error, psycopg.Error) else error.__cause__
    if isinstance(cause, psycopg.Error):
        words = _database_facts(cause)
    elif isinstance(error, ABOUT_CODE):
        words = mask(str(error))
    elif isinstance(error, OSError):
        words = error.strerror or ""
    else:
        words = ""
    return f"{kind}: {words}" if words else kind


def _database_facts(error: psycopg.Error) -> str:
    names = {kind: getattr(error.diag, f"{kind}_name") for kind in ("constraint", "table", "column")}
    facts = [error.sqlstate or "", *(f"{kind} {name}" for kind, name in names.items() if name)]
    if not error.sqlstate and isinstance(error, psycopg.OperationalError):  # no statement was involved
        facts.append(str(error).partition("\n")[0])
    return ", ".join(filter(None, facts))


def format_error(error: BaseException) -> str:
    """The traceback of the exception and of those it came from, with no words of any of them."""
    return "\n".join(_lines(error, seen=set()))


def _lines(error: BaseException, *, seen: set[int]) -> Iterator[str]:
    seen.add(id(error))
    context = None if error.__suppress_context__ else error.__context__
    for name, earlier in (("__cause__", error.__cause__), ("__context__", context)):
        if earlier is not None and id(earlier) not in seen:
            yield from _lines(earlier, seen=seen)
            yield f"\n{BETWEEN[name]}\n"
            break
    yield "Traceback (most recent call last):"
    yield "".join(traceback.format_tb(error.__traceback__)).rstrip("\n")
    yield describe(error)
    for part in getattr(error, "exceptions", ()):  # of an ExceptionGroup
        if id(part) not in seen:
            yield from _lines(part, seen=seen)


# ---- records ---------------------------------------------------------------------------------------
def mask(text: str) -> str:
    """The text without what the database quoted and without the query of an address."""
    text = QUOTED.sub(rf"\1{MASK}", DETAILS.sub(rf"\1 {MASK}", text))
    return MALFORMED_REQUEST.sub(r"\1", ADDRESS_QUERY.sub(rf"\1{MASK}", text))


class SafeRecord(logging.LogRecord):
    """A record whose message and traceback are final: there is nothing left that a handler could still format."""

    def __init__(self, name, level, pathname, lineno, msg, args, exc_info, func=None, sinfo=None, **kwargs):
        super().__init__(name, level, pathname, lineno, msg, args, None, func, sinfo, **kwargs)
        self.msg, self.args = self._message(), None
        error = exc_info[1] if exc_info else None
        self.exc_text = format_error(error) if error else None

    def _message(self) -> str:
        msg = describe(self.msg) if isinstance(self.msg, BaseException) else self.msg
        args = self.args
        if isinstance(args, tuple):
            args = tuple(describe(each) if isinstance(each, BaseException) else each for each in args)
        elif args:
            args = {
                key: describe(each) if isinstance(each, BaseException) else each for key, each in args.items()
            }
        try:
            return mask(str(msg) % args if args else str(msg))
        except Exception:  # logging would print the arguments
            return f"A message that could not be formatted, from {self.pathname}:{self.lineno}"


# ---- set-up ----------------------------------------------------------------------------------------
def make_records_safe() -> None:
    """From now on each record made in this process, by whatever logger, is free of data."""
    logging.setLogRecordFactory(SafeRecord)


def make_crashes_safe() -> None:
    """An exception that nothing catches, in a command or a thread, is printed in the same way."""
    sys.excepthook = lambda kind, error, tb: _print_uncaught(error)
    threading.excepthook = lambda crash: _print_uncaught(crash.exc_value)
    sys.unraisablehook = lambda crash: _print_uncaught(crash.exc_value)


def _print_uncaught(error: BaseException | None) -> None:
    if error is not None and not isinstance(error, SystemExit):
        print(format_error(error), file=sys.stderr)


def configure(logging_settings: dict) -> None:
    """Django's LOGGING_CONFIG. With DEBUG errors are shown in full, as its error pages show them."""
    from django.conf import settings

    logging.config.dictConfig(logging_settings)
    if not settings.DEBUG:
        make_records_safe()
        if settings.INSTALLATION != "test":  # pytest has hooks of its own
            make_crashes_safe()
