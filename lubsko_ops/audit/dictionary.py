"""Base of the entries of a dictionary that the centre keeps itself: regions, institutions, places of meetings."""

from datetime import date

from django.db import models
from django.db.models import Q

from lubsko_ops.audit.models import AuditedModel


class DictionaryQuerySet(models.QuerySet):
    """Filters by the day an entry is closed from."""

    def open_on(self, day: date):
        """Entries that forms offer on the day."""
        return self.filter(Q(closed_from=None) | Q(closed_from__gt=day))


class DictionaryEntry(AuditedModel):
    """A name that other rows refer to by id, so that a new name shows everywhere at once.

    An entry in use is closed from a day and never deleted: forms no longer offer it, old rows keep it.
    """

    set_by_actions = ("closed_from",)

    name = models.CharField("nazwa", max_length=160, db_collation="pl-PL-x-icu")
    closed_from = models.DateField("zamknięty od", null=True, blank=True)

    objects = DictionaryQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self):
        return self.name

    def is_open_on(self, day: date) -> bool:
        """Whether forms offer it on the day."""
        return self.closed_from is None or day < self.closed_from
