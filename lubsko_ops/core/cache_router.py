"""Database router: the cache has a database connection of its own.

What is counted there (failed logins, used codes) is shared at once and kept when the request fails; and its rows are
locked for a moment, not until the transaction of the request ends, so requests do not wait for each other.
"""


class CacheRouter:
    def db_for_read(self, model, **hints):
        return "cache" if model._meta.app_label == "django_cache" else None

    db_for_write = db_for_read

    def allow_migrate(self, db, app_label, **hints):
        return None if db == "default" else False  # the same database, migrated once
