from django.apps import AppConfig


class EmployeesConfig(AppConfig):
    name = "families.employees"
    label = "employees"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Teczki asystentów"

    def ready(self):
        from families.employees import registrations

        registrations.register()
