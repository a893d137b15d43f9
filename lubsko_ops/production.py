"""What a production installation may never be: checked when the settings are read, so that it does not start."""

from collections.abc import Iterable, Mapping

from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured

FEWEST_CHARACTERS = 10  # different ones in a random key; one of 40 characters has about 30


def check_production(values: Mapping) -> None:
    """Raise ImproperlyConfigured with all faults of these settings (by name) at once."""
    faults = [*_switch_faults(values), *_key_faults(values)]
    if faults:
        raise ImproperlyConfigured(
            "This installation may not run in production:\n- "
            + "\n- ".join(faults)
            + "\nSee docs/how-to/deploy.md. Only a try-out without real data may set INSTALLATION=trial."
        )


def _switch_faults(values: Mapping) -> Iterable[str]:
    if values["DEBUG"]:
        yield "DEBUG shows the inside of the application to everybody."
    if values["DEMO"]:
        yield "DEMO is for invented data."
    if not values["HTTPS"]:
        yield "Without HTTPS passwords and case files travel in the open."
    if "*" in values["ALLOWED_HOSTS"] or not values["ALLOWED_HOSTS"]:
        yield "ALLOWED_HOSTS names the host names of this installation, not everything."
    if not values["DATA_DIR"].startswith("/"):
        yield "DATA_DIR is the absolute path of the folder where issued papers are kept."
    if values["SECOND_FACTOR"] != "required" and len(values["SECOND_FACTOR_REASON"].split()) < 3:
        yield "SECOND_FACTOR other than required needs SECOND_FACTOR_REASON: a sentence saying who decided so and why."


def _key_faults(values: Mapping) -> Iterable[str]:
    named = [("SECRET_KEY", values["SECRET_KEY"]), ("PESEL_SEARCH_KEY", values["PESEL_SEARCH_KEY"])]
    named += [("PESEL_KEYS", key) for key in values["PESEL_KEYS"]]
    for name, key in named:
        if len(set(key)) < FEWEST_CHARACTERS:
            yield f"{name} is not random."
    if len({key for _, key in named}) < len(named):
        yield "The same key stands twice: each has a purpose of its own."
    for key in values["PESEL_KEYS"]:
        try:
            Fernet(key)
        except ValueError:
            yield "PESEL_KEYS are Fernet keys: 32 random bytes in base64."
