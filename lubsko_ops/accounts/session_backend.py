"""Database sessions: loaded by a compiled statement; an unavailable database is not reported as an ended session."""

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.db.models.functions import Now

from lubsko_ops.core.compiled_query import CompiledQuery
from lubsko_ops.core.database_errors import is_unavailable

CURRENT_SESSION = CompiledQuery(
    lambda key: db.SessionStore.get_model_class().objects.filter(session_key=key, expire_date__gt=Now()),
    key="?",
)


class SessionStore(db.SessionStore):
    """Django's store, except that it re-raises database errors, which Django reports as a deleted session."""

    def _get_session_from_db(self):
        session = CURRENT_SESSION.first(key=self.session_key)
        if session is None:
            self._session_key = None
        return session

    def save(self, must_create=False):
        try:
            super().save(must_create)
        except UpdateError as error:
            cause = error.__context__
            if cause and is_unavailable(cause):
                raise cause from cause.__cause__
            raise
