from django.apps import AppConfig


class SubmissionsConfig(AppConfig):
    name = "lubsko_ops.submissions"
    label = "submissions"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Formularze i szkice"
