"""Pairs of rows that may be one person: computed from the rows, so that nobody has to compare everybody again."""

from django.db import models
from django.db.models import F, Q

from families.people.models import Person


class DuplicateCandidate(models.Model):
    """Być może ta sama osoba: two rows still to be judged; ``one`` has the lower id.

    Never edited: ``families.people.duplicates.candidate_cache`` computes them anew inside each action that
    writes a person.
    """

    person_a = models.ForeignKey(Person, models.CASCADE, verbose_name="osoba", related_name="+")
    person_b = models.ForeignKey(Person, models.CASCADE, verbose_name="inna osoba", related_name="+")

    class Meta:
        verbose_name = "być może ta sama osoba"
        verbose_name_plural = "być może te same osoby"
        constraints = [
            models.UniqueConstraint(fields=["person_a", "person_b"], name="alike_pair_once"),
            models.CheckConstraint(name="alike_pair_ordered", condition=Q(person_a__lt=F("person_b"))),
        ]
