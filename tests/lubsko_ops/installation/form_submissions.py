"""A valid submission of the form of this app."""

from django.urls import reverse

INSTALLATION_SUBMISSIONS = [
    ("data-exports", "maria", lambda request: (reverse("data-exports"), {"reason": "archiwum"})),
]
