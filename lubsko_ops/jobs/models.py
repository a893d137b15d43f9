from django.db import models


class NightlyJobRun(models.Model):
    """Praca nocna: the last night for which the job of this name ran, when it ran, and its result."""

    name = models.CharField("nazwa", max_length=30, unique=True)
    night = models.DateField("noc")
    done_at = models.DateTimeField("kiedy")
    result = models.JSONField("wynik", default=dict)  # numbers of rows by (Polish) kind

    class Meta:
        verbose_name = "praca nocna"
        verbose_name_plural = "prace nocne"
