"""Pairs of people who may be one person: those awaiting a decision, and those decided to differ."""

from django.db import models
from django.db.models import Q

from lubsko_ops.audit.models import AuditedModel


class DuplicateDismissal(AuditedModel):
    """To różne osoby: the manager's decision that two similar records differ; ``person_a`` has the lower id."""

    person_a = models.ForeignKey("people.Person", models.PROTECT, verbose_name="osoba", related_name="+")
    person_b = models.ForeignKey("people.Person", models.PROTECT, verbose_name="inna osoba", related_name="+")

    class Meta:
        verbose_name = "różne osoby"
        verbose_name_plural = "różne osoby"
        constraints = [
            models.UniqueConstraint(
                fields=["person_a", "person_b"],
                name="duplicate_dismissal_unique",
                violation_error_message="O tych dwóch osobach zapisano już, że są różne.",
            ),
            models.CheckConstraint(
                name="duplicate_dismissal_ordered",
                condition=Q(person_a__lt=models.F("person_b")),
                violation_error_message="Porównuje się dwie różne osoby.",
            ),
        ]

    def __str__(self):
        return f"{self.person_a}; {self.person_b}"


class DuplicateCandidate(models.Model):
    """Być może ta sama osoba: two records awaiting a decision; ``person_a`` has the lower id.

    Computed rows, never edited: ``duplicates.candidate_cache`` refreshes them inside each action that writes a
    person, so that nobody has to compare all people again.
    """

    person_a = models.ForeignKey("people.Person", models.CASCADE, verbose_name="osoba", related_name="+")
    person_b = models.ForeignKey("people.Person", models.CASCADE, verbose_name="inna osoba", related_name="+")

    class Meta:
        verbose_name = "być może ta sama osoba"
        verbose_name_plural = "być może te same osoby"
        constraints = [
            models.UniqueConstraint(fields=["person_a", "person_b"], name="duplicate_candidate_unique"),
            models.CheckConstraint(
                name="duplicate_candidate_ordered", condition=Q(person_a__lt=models.F("person_b"))
            ),
        ]


class PersonMerge(AuditedModel):
    """Połączenie wpisów: two records of one person were merged; undone while nothing has changed since.

    ``writes``: every row the merge wrote, in order, as [model, id of the row, id of its version in the history]; the
    version before it is what undoing gives back. ``rows_after``: versions of all rows of the person when it was done,
    by relation and id.
    """

    kept = models.ForeignKey(
        "people.Person", models.PROTECT, verbose_name="wpis, który został", related_name="+"
    )
    dropped = models.ForeignKey(
        "people.Person", models.PROTECT, verbose_name="wpis połączony", related_name="+"
    )
    writes = models.JSONField("zapisane wpisy", editable=False)
    rows_after = models.JSONField("wpisy osoby po połączeniu", editable=False)
    undone = models.BooleanField("cofnięto", default=False, editable=False)

    class Meta:
        verbose_name = "połączenie wpisów"
        verbose_name_plural = "połączenia wpisów"
        indexes = [models.Index(fields=["-entered_at"], name="merge_by_moment", condition=Q(undone=False))]

    def __str__(self):
        return f"{self.dropped}, połączono z wpisem: {self.kept}"
