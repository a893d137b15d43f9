"""Which database errors say that the database cannot answer now, not that something is wrong with the statement."""

from django.db import DatabaseError, InterfaceError, OperationalError, connection

DEADLOCK = "40P01"
LOCK_TIMEOUT = "55P03"
CONNECTION_TIMEOUTS = {
    "25P03",
    "25P04",
}  # of an idle transaction, of a whole transaction: reported as InternalError


def sqlstate_of(error: BaseException | None) -> str:
    """The five-character code of PostgreSQL; empty when the error has none."""
    return getattr(error and error.__cause__, "sqlstate", None) or ""


def is_unavailable(error: BaseException) -> bool:
    """Whether the database did not answer in time, or the connection to it was lost.

    A lost connection shows in many ways: on the next statement, at the end of a savepoint or at COMMIT, as any class
    of database error.
    """
    if isinstance(error, OperationalError | InterfaceError) or sqlstate_of(error) in CONNECTION_TIMEOUTS:
        return True
    return isinstance(error, DatabaseError) and _is_connection_lost()


def _is_connection_lost() -> bool:
    return connection.connection is None or connection.connection.closed
