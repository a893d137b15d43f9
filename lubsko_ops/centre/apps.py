from django.apps import AppConfig


class CentreConfig(AppConfig):
    name = "lubsko_ops.centre"
    label = "centre"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Ośrodek"

    def ready(self):
        from lubsko_ops.centre import registrations

        registrations.register()
        from lubsko_ops.centre.dictionaries import registrations as dictionaries

        dictionaries.register()
