from django.apps import AppConfig


class OpsConfig(AppConfig):
    name = "lubsko_ops"
    label = "ops"
    verbose_name = "Ośrodek"
