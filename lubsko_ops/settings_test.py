"""Settings of the test suite: a fast password hasher and public keys."""

import os

os.environ.setdefault("SECRET_KEY", "tests-only-0123456789-0123456789-0123456789")
os.environ.setdefault("PESEL_KEYS", "dGVzdHMtb25seS10ZXN0cy1vbmx5LXRlc3RzLW9ubHk=")
os.environ.setdefault("PESEL_SEARCH_KEY", "tests-only-search-0123456789-0123456789-0123")
os.environ.setdefault("DEMO", "1")
os.environ.setdefault("INSTALLATION", "test")

from lubsko_ops.settings import *

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_AUTOREFRESH = True
DATA_DIR = ""  # each test run has its own folder (tests/conftest.py)
PROGRESS_DATABASE = "default"  # another connection would not see the rows of the transaction of a test
RENDERING_PROCESS = False  # documents are rendered in the process of the tests; few tests use the real one
