"""Signal handlers that keep the login session's own facts: when it began, and the second factor it has shown."""

from lubsko_ops.core import clock


def lose_second_factor(sender, request, **kwargs) -> None:
    """After a second factor was removed the session must show, or set up, another one."""
    request.session.pop("second_factor", None)


def begin_session(sender, request, **kwargs) -> None:
    """A login starts the session's twelve hours anew, whatever session it continues."""
    request.session["began"] = request.session["touched"] = int(clock.now().timestamp())
