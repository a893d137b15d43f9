"""A production installation that would be unsafe does not start, and says everything that is wrong at once."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured

from lubsko_ops.production import check_production

ROOT = Path(__file__).resolve().parent.parent.parent
KEY = Fernet.generate_key().decode()
SAFE = {
    "DEBUG": False,
    "DEMO": False,
    "HTTPS": True,
    "ALLOWED_HOSTS": ["ops.example.pl"],
    "SECOND_FACTOR": "required",
    "SECOND_FACTOR_REASON": "",
    "SECRET_KEY": "kV3n-0fYx7Qw_pLz8RbT2sHd5MgJc9Ua1EiNoKqWvXyB",
    "PESEL_SEARCH_KEY": "Zt6_hB1mC8vD4kE9rF2wG7yH3xJ5qL0pNsTaUcVeWdXi",
    "DATA_DIR": "/var/lib/lubsko-ops",
    "PESEL_KEYS": [KEY],
}


def test_a_safe_one_starts():
    check_production(SAFE)
    check_production(SAFE | {"PESEL_KEYS": [Fernet.generate_key().decode(), KEY]})


@pytest.mark.parametrize(
    ("unsafe", "words"),
    [
        ({"DEBUG": True}, "DEBUG"),
        ({"DEMO": True}, "DEMO"),
        ({"HTTPS": False}, "HTTPS"),
        ({"ALLOWED_HOSTS": ["*"]}, "ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": []}, "ALLOWED_HOSTS"),
        ({"SECOND_FACTOR": "off"}, "SECOND_FACTOR_REASON"),
        ({"SECOND_FACTOR": "optional", "SECOND_FACTOR_REASON": "bo tak"}, "SECOND_FACTOR_REASON"),
        ({"DATA_DIR": ""}, "DATA_DIR"),
        ({"DATA_DIR": "data"}, "DATA_DIR"),
        ({"SECRET_KEY": "a" * 60}, "SECRET_KEY is not random"),
        ({"PESEL_SEARCH_KEY": "ab" * 30}, "PESEL_SEARCH_KEY is not random"),
        ({"PESEL_SEARCH_KEY": SAFE["SECRET_KEY"]}, "The same key stands twice"),
        ({"PESEL_KEYS": [KEY, KEY]}, "The same key stands twice"),
        ({"PESEL_KEYS": ["0123456789-0123456789-0123456789-0123456789-x"]}, "Fernet"),
        ({"PESEL_KEYS": [KEY, ""]}, "Fernet"),
    ],
)
def test_an_unsafe_one_does_not(unsafe, words):
    with pytest.raises(ImproperlyConfigured, match=words):
        check_production(SAFE | unsafe)


def test_a_second_factor_may_be_off_for_a_written_reason():
    reason = "Decyzja kierownika z 2 listopada: brak telefonów służbowych"
    check_production(SAFE | {"SECOND_FACTOR": "off", "SECOND_FACTOR_REASON": reason})


def test_all_faults_are_named_at_once_and_no_key_is_quoted():
    with pytest.raises(ImproperlyConfigured) as refusal:
        check_production(SAFE | {"DEBUG": True, "HTTPS": False, "PESEL_KEYS": ["nie-jest-kluczem-0123"]})
    assert all(words in str(refusal.value) for words in ("DEBUG", "HTTPS", "Fernet"))
    assert "nie-jest-kluczem" not in str(refusal.value)


@pytest.mark.parametrize(
    ("environment", "starts"),
    [
        ({}, True),
        ({"DEMO": "1", "HTTPS": "1"}, False),
        ({"HTTPS": "0"}, False),
        ({"HTTPS": "0", "INSTALLATION": "trial"}, True),
        ({"INSTALLATION": "proba"}, False),
    ],
)
def test_the_settings_themselves_refuse(environment, starts):
    keys = {name: SAFE[name] for name in ("SECRET_KEY", "PESEL_SEARCH_KEY")} | {"PESEL_KEYS": KEY}
    given = {
        "ALLOWED_HOSTS": "ops.example.pl",
        "DATABASE_URL": "postgres://x@localhost/x",
        "DATA_DIR": "/var/lib/lubsko-ops",
        "PATH": os.environ["PATH"],
    }
    argv = [sys.executable, "-c", "import lubsko_ops.settings"]
    done = subprocess.run(argv, cwd=ROOT, env=given | keys | environment, capture_output=True, text=True)
    assert (done.returncode == 0) == starts, done.stderr
