"""A one-time link by e-mail, where the installation can send any."""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction

from lubsko_ops.accounts.models import AccountLink, moment_text

log = logging.getLogger(__name__)
SUBJECT = "Lubsko OPS: odsyłacz do konta"
BODY = """Dzień dobry,

dla Twojego konta w Lubsko OPS wystawiono odsyłacz. Działa jeden raz, do {valid_until}:

{url}

Jeśli nie wiesz, skąd ta wiadomość, powiedz o niej kierownikowi i nie otwieraj odsyłacza.
"""


def can_send_mail() -> bool:
    """Whether an e-mail server is configured."""
    return bool(settings.EMAIL_URL)


def send_link(link: AccountLink, url: str) -> None:
    """Send the address to the owner once everything is committed. No name and no user name stand in the message."""
    body = BODY.format(valid_until=moment_text(link.valid_until), url=url)
    recipient = link.user.email

    def send() -> None:
        try:
            send_mail(SUBJECT, body, None, [recipient])
        except (OSError, SMTPException) as error:  # the card on the screen is there all the same
            log.warning("The e-mail with a link could not be sent: %s", type(error).__name__)

    transaction.on_commit(send)
