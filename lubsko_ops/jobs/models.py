from django.db import models


class NightlyJobRun(models.Model):
    """Praca nocna: the last night for which the job of this name ran, and when it ran."""

    name = models.CharField("nazwa", max_length=30, unique=True)
    night = models.DateField("noc")
    done_at = models.DateTimeField("kiedy")

    class Meta:
        verbose_name = "praca nocna"
        verbose_name_plural = "prace nocne"
