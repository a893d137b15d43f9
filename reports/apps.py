"""Figures and reports (sprawozdania): reads everything, is read by no one."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    label = "reports"
    verbose_name = "Sprawozdania"

    def ready(self):
        from reports import registrations

        registrations.register()
