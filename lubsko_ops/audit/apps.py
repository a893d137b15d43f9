from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "lubsko_ops.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Historia i rejestr dostępu"

    def ready(self):
        from lubsko_ops.audit.change_entries import write_entries_after_action
        from lubsko_ops.core.actions import ACTION_HOOKS, Phase

        ACTION_HOOKS.register(write_entries_after_action, order=Phase.CHANGE_ENTRY)
