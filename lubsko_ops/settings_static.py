"""Settings for tools that only read the code (mypy): no secret, no database, every app installed."""

import os

os.environ.setdefault("SECRET_KEY", "static-checks-only-0123456789-0123456789")
os.environ.setdefault("PESEL_KEYS", "c3RhdGljLWNoZWNrcy1vbmx5LXN0YXRpYy1jaGVja3M=")
os.environ.setdefault("PESEL_SEARCH_KEY", "static-checks-only-search-0123456789-0123")
os.environ.setdefault("INSTALLATION", "test")
os.environ.setdefault("DATABASE_URL", "postgres://nobody@localhost/none")

from lubsko_ops.settings import *
