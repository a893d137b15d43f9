"""Signals of the accounts."""

from django.dispatch import Signal

# Sent in the transaction that makes the first administrator of an empty installation.
first_administrator_created = Signal()
