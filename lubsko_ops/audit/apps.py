from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "lubsko_ops.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Historia i rejestr dostępu"
