from django.apps import AppConfig


class OpsConfig(AppConfig):
    name = "lubsko_ops"
    label = "ops"
    verbose_name = "Ośrodek"

    def ready(self):
        from allauth.mfa.signals import authenticator_removed
        from django.contrib.auth.signals import user_logged_in

        from lubsko_ops.core import dashboard
        from lubsko_ops.core import navigation
        from lubsko_ops.core.permissions import Permission
        from lubsko_ops.middleware import begin_session, lose_second_factor
        from lubsko_ops.jobs import nightly as night
        from lubsko_ops.jobs.overdue_panel import late_nights
        from lubsko_ops.jobs.cleanup import tidy

        navigation.register(navigation.NavItem("Start", "start", Permission.OWN_ACCOUNT, order=0))
        navigation.register(navigation.NavItem("Pracownicy", "staff", Permission.STAFF_VIEW, order=80))
        night.register("tidy", tidy)
        dashboard.register(0, late_nights)
        user_logged_in.connect(begin_session, dispatch_uid="begin_session")
        authenticator_removed.connect(lose_second_factor, dispatch_uid="lose_second_factor")
