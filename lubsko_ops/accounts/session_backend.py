"""Database sessions that report an unavailable database as such instead of as an ended session."""

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError

from lubsko_ops.core.database_errors import is_unavailable


class SessionStore(db.SessionStore):
    """Django's store, except that it re-raises database errors, which Django reports as a deleted session."""

    def save(self, must_create=False):
        try:
            super().save(must_create)
        except UpdateError as error:
            cause = error.__context__
            if cause and is_unavailable(cause):
                raise cause from cause.__cause__
            raise
