"""When the work of the night was last done, so that a missed night is noticed and caught up."""

from django.db import models


class NightlyJobRun(models.Model):
    """Praca nocna: the last night whose work of this name was done, and when that was. Never edited by people."""

    name = models.CharField("nazwa", max_length=30, unique=True)
    night = models.DateField("noc")
    done_at = models.DateTimeField("kiedy")

    class Meta:
        verbose_name = "praca nocna"
        verbose_name_plural = "prace nocne"
