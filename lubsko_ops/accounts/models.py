"""Staff: accounts, dated roles, regions, contracts, one-time links."""

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractUser, UserManager
from django.contrib.postgres.expressions import ArraySubquery
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import OuterRef, Q
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac

from lubsko_ops.audit.dictionary import DictionaryEntry
from lubsko_ops.audit.models import AuditedModel, PartialHistory, VersionedModel
from lubsko_ops.core import clock
from lubsko_ops.core.permissions import Role
from lubsko_ops.core.temporal import ValidTimeModel, end_not_before_start_constraint, no_overlap_constraint


class StaffManager(UserManager["User"]):
    """Users with their roles."""

    def with_roles(self, day):
        """Users annotated with the roles they hold on the day (see ``User.roles``)."""
        held = RoleGrant.objects.active_on(day).filter(user=OuterRef("pk")).values("role")
        # ``User.roles`` fills the same attribute when it is missing, which django-stubs takes for a clash of names.
        return self.get_queryset().annotate(held_roles=ArraySubquery(held))  # type: ignore[no-redef]

    def holding_role(self, role: Role, day):
        """Active users who hold the role on the day, ordered by surname."""
        held = RoleGrant.objects.active_on(day).filter(role=role).values("user")
        return self.filter(is_active=True, pk__in=held).order_by("last_name", "first_name", "pk")


THEMES = [("", "jak w systemie"), ("light", "jasny"), ("dark", "ciemny")]


class User(AbstractUser, VersionedModel):
    """Konto pracownika. Permissions come only from dated role grants (see core/permissions.py)."""

    first_name = models.CharField("imię", max_length=80, db_collation="pl-PL-x-icu")
    last_name = models.CharField("nazwisko", max_length=120, db_collation="pl-PL-x-icu")
    phone = models.CharField("telefon służbowy", max_length=30, blank=True)
    is_active = models.BooleanField("konto czynne", default=True)
    theme = models.CharField("wygląd", max_length=5, choices=THEMES, default="", blank=True)
    # Part of what a session is checked against at each request: another number ends all sessions begun before.
    session_generation = models.PositiveIntegerField(
        "pokolenie sesji", default=0, db_default=0, editable=False
    )
    password_set_at = models.DateTimeField("hasło ustawiono", null=True, editable=False)

    history = PartialHistory(excluded_fields=["password", "last_login", "is_superuser", "is_staff", "theme"])
    objects: ClassVar[StaffManager] = StaffManager()

    running_grants: "list[RoleGrant]"  # set by the page of the account, for its panels

    class Meta:
        verbose_name = "konto"
        verbose_name_plural = "konta"

    def __str__(self):
        return self.get_full_name() or self.username

    @classmethod
    def with_only(cls, roles: Iterable[str], *, pk: int | None = None) -> "User":
        """An unsaved user with these roles, to compile a statement for everybody who has them."""
        user = cls(pk=pk)
        user.held_roles = list(roles)
        return user

    def _get_session_auth_hash(self, secret=None):
        """Django's hash, which changes with the password, for this generation of sessions."""
        # Both of Django's public methods, for the key and for the earlier keys, stand on this one.
        password_hash = super()._get_session_auth_hash(secret=secret)  # type: ignore[misc]
        key_salt = "lubsko_ops.accounts.session_generation"
        value = f"{password_hash}:{self.session_generation}"
        return salted_hmac(key_salt, value, secret=secret, algorithm="sha256").hexdigest()

    @property
    def roles(self) -> frozenset[str]:
        """Current roles. Costs one statement unless the user was loaded by ``with_roles()``."""
        if not hasattr(self, "held_roles"):
            today = clock.today()
            self.held_roles = list(
                RoleGrant.objects.active_on(today).filter(user=self).values_list("role", flat=True)
            )
        return frozenset(self.held_roles)

    @property
    def roles_display(self) -> str:
        """Labels of the current roles."""
        roles = self.roles
        return ", ".join(role.label for role in Role if role in roles) or "bez roli"

    @property
    def initials(self) -> str:
        return (self.first_name[:1] + self.last_name[:1]).upper() or self.username[:2].upper()


class RoleGrant(AuditedModel, ValidTimeModel):
    """Nadanie roli, dated; the grant of a deputy must have a last day."""

    user = models.ForeignKey(User, models.PROTECT, verbose_name="osoba", related_name="role_grants")
    role = models.CharField("rola", max_length=20, choices=Role.choices)
    deputy_for = models.ForeignKey(
        User, models.PROTECT, verbose_name="zastępuje", related_name="deputies", null=True, blank=True
    )
    # Access to cases that no manager has granted: it stands on the managers' start page (see notices.py).
    awaits_acknowledgement = models.BooleanField(
        "czeka na przyjęcie do wiadomości", default=False, db_default=False, editable=False
    )

    class Meta:
        verbose_name = "nadanie roli"
        verbose_name_plural = "nadania ról"
        indexes = [models.Index(fields=["user", "starts_on"], name="role_grant_by_user")]
        constraints = [
            end_not_before_start_constraint("role_grant_end"),
            no_overlap_constraint(
                "role_grant_once", "user", "role", message="Ta osoba ma już tę rolę w tym czasie."
            ),
            no_overlap_constraint(
                "role_grant_assistant_or_social_worker",
                "user",
                unlike="role",
                condition=Q(role__in=[Role.ASSISTANT, Role.SOCIAL_WORKER]),
                message="Pracy asystenta rodziny nie można łączyć z obowiązkami pracownika socjalnego "
                "(art. 17 ustawy z dnia 9 czerwca 2011 r. o wspieraniu rodziny i systemie pieczy zastępczej).",
            ),
            models.CheckConstraint(
                name="role_grant_deputy_ends",
                condition=Q(deputy_for=None) | Q(ends_on__isnull=False),
                violation_error_message="Zastępstwo musi mieć ostatni dzień.",
            ),
        ]

    def __str__(self):
        return f"{self.get_role_display()} od {self.starts_on:%d.%m.%Y}"


class Region(DictionaryEntry):
    """Rejon pracy socjalnej."""

    class Meta:
        verbose_name = "rejon"
        verbose_name_plural = "rejony"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                Lower("name"), name="region_name_once", violation_error_message="Taki rejon już jest."
            )
        ]


class RegionGrant(AuditedModel, ValidTimeModel):
    """Przypisanie rejonu pracownikowi socjalnemu, dated."""

    user = models.ForeignKey(User, models.PROTECT, verbose_name="osoba", related_name="region_grants")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="rejon", related_name="grants")
    # As of RoleGrant: the region opens the cases of its families.
    awaits_acknowledgement = models.BooleanField(
        "czeka na przyjęcie do wiadomości", default=False, db_default=False, editable=False
    )

    class Meta:
        verbose_name = "przypisanie rejonu"
        verbose_name_plural = "przypisania rejonów"
        constraints = [
            end_not_before_start_constraint("region_grant_end"),
            no_overlap_constraint(
                "region_grant_once", "user", "region", message="Ta osoba ma już ten rejon w tym czasie."
            ),
        ]

    def __str__(self):
        return f"{self.region} od {self.starts_on:%d.%m.%Y}"


class ContractForm(models.TextChoices):
    """Forma zatrudnienia asystenta (art. 17 ustawy)."""

    EMPLOYMENT = "employment", "umowa o pracę, zadaniowy czas pracy"
    SERVICES = "services", "umowa o świadczenie usług"
    COMMISSIONED = "commissioned", "podmiot, któremu zlecono zadanie (art. 190)"


class Contract(AuditedModel, ValidTimeModel):
    """Umowa asystenta. Families can be assigned only on days covered by a contract."""

    set_by_actions = ("user",)

    user = models.ForeignKey(User, models.PROTECT, verbose_name="osoba", related_name="contracts")
    form = models.CharField("forma", max_length=20, choices=ContractForm.choices)
    fraction = models.DecimalField(
        "wymiar etatu",
        max_digits=4,
        decimal_places=3,
        default=1,
        validators=[MinValueValidator(Decimal("0.001")), MaxValueValidator(1)],
    )
    # Art. 15 ust. 4 limits the families of an assistant; a centre may agree on fewer for this contract.
    family_limit = models.PositiveSmallIntegerField("niższy limit rodzin", null=True, blank=True)

    class Meta:
        verbose_name = "umowa"
        verbose_name_plural = "umowy"
        constraints = [
            end_not_before_start_constraint("contract_end"),
            no_overlap_constraint("contract_once", "user", message="Ta osoba ma już umowę w tym czasie."),
        ]

    def __str__(self):
        return f"{self.get_form_display()} od {self.starts_on:%d.%m.%Y}"


class FirstAdministratorLink(models.Model):
    """One-time link that creates the first administrator of an empty installation; only its hash is stored."""

    token_hash = models.CharField("skrót", max_length=64, unique=True)
    created_at = models.DateTimeField("utworzono")
    used_at = models.DateTimeField("użyto", null=True)
    used_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "odsyłacz pierwszego administratora"
        verbose_name_plural = "odsyłacze pierwszego administratora"


class LinkKind(models.TextChoices):
    """What a one-time link lets its owner do."""

    INVITATION = "invitation", "zaproszenie"
    PASSWORD = "password", "nowe hasło"
    SECOND_FACTOR = "second_factor", "nowy drugi składnik"


class LinkAudience(models.TextChoices):
    """Who is shown that the link was issued, beside the history."""

    NOBODY = "", "nikt"
    OWNER = "owner", "właściciel konta"
    ONE_MANAGER = "one", "właściciel konta i kierownik"
    EACH_MANAGER = "each", "właściciel konta i każdy inny kierownik"


LINK_LIFETIME = timedelta(hours=72)


class AccountLink(AuditedModel):
    """Odsyłacz do konta: works once, for 72 hours; only its hash is stored. Its author has issued it."""

    user = models.ForeignKey(User, models.PROTECT, verbose_name="osoba", related_name="links")
    kind = models.CharField("rodzaj", max_length=15, choices=LinkKind.choices)
    token_hash = models.CharField("skrót", max_length=64, unique=True, editable=False)
    valid_until = models.DateTimeField("ważny do")
    used_at = models.DateTimeField("wykorzystano", null=True, editable=False)
    cancelled_at = models.DateTimeField("unieważniono", null=True, editable=False)
    audience = models.CharField(
        "kto się dowiaduje", max_length=5, choices=LinkAudience.choices, blank=True, editable=False
    )

    class Meta:
        verbose_name = "odsyłacz do konta"
        verbose_name_plural = "odsyłacze do kont"
        indexes = [models.Index(fields=["user", "-entered_at"], name="link_by_user")]

    def __str__(self):
        return self.get_kind_display()

    def is_open(self, now) -> bool:
        """Whether it can still be used."""
        return not self.used_at and not self.cancelled_at and now < self.valid_until

    def state_text(self, now) -> str:
        """What became of it."""
        if self.used_at:
            return f"wykorzystano {moment_text(self.used_at)}"
        if self.cancelled_at:
            return f"unieważniono {moment_text(self.cancelled_at)}"
        return f"{'działa do' if now < self.valid_until else 'nieważne od'} {moment_text(self.valid_until)}"


def moment_text(moment) -> str:
    """ "30.11.2026, 9:05"."""
    local = moment.astimezone(clock.WARSAW)
    return f"{local:%d.%m.%Y}, {local.hour}:{local:%M}"


class LinkAcknowledgement(models.Model):
    """Przyjęcie do wiadomości: the owner of the account or a manager has read that the link was issued."""

    link = models.ForeignKey(AccountLink, models.CASCADE, related_name="acknowledgements")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField("kiedy")

    class Meta:
        verbose_name = "przyjęcie do wiadomości"
        verbose_name_plural = "przyjęcia do wiadomości"
        constraints = [models.UniqueConstraint(fields=["link", "user"], name="link_acknowledged_once")]


class RoleEndNotice(models.Model):
    """Koniec roli kierownika, which one of the others or the person has to read."""

    grant = models.ForeignKey(RoleGrant, models.CASCADE, related_name="end_notices")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField("kiedy")
    read_at = models.DateTimeField("przyjęto do wiadomości", null=True)

    class Meta:
        verbose_name = "wiadomość o końcu roli"
        verbose_name_plural = "wiadomości o końcu roli"
