"""One settings file, read from the environment. Missing or default keys stop the start, they never pass silently.

DEBUG        developer pages (never in use at a centre)
DEMO         the invented centre: gallery of components, accounts printed at the start, second factor off
DATABASE_URL postgres://… ; ./dev sets it to its own cluster
SECRET_KEY, PESEL_KEYS, PESEL_SEARCH_KEY
             secrets; ./dev makes its own on the first start, production must give them (docs/how-to/deploy.md)
"""

from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from environs import Env

BASE_DIR = Path(__file__).resolve().parent.parent
env = Env()

# ---- what kind of installation this is -------------------------------------------------------------
DEBUG = env.bool("DEBUG", False)
DEMO = env.bool("DEMO", False)
HTTPS = env.bool("HTTPS", not (DEBUG or DEMO))
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]"] if DEBUG or DEMO else [])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", [])


def secret(name: str, *, least: int) -> str:
    """A key from the environment; too short or a well-known word is refused, so a default cannot slip in."""
    value = env.str(name, "")
    if len(value) < least or "change" in value.lower() or "insecure" in value.lower():
        raise ImproperlyConfigured(
            f"{name} is missing, too short (at least {least} characters) or a placeholder. "
            "See docs/how-to/deploy.md."
        )
    return value


SECRET_KEY = secret("SECRET_KEY", least=40)
# Fernet keys, newest first, separated by commas: the first encrypts, all of them decrypt.
PESEL_KEYS = secret("PESEL_KEYS", least=44).split(",")
# Keyed hash for exact search by PESEL. Changing it means hashing all people again.
PESEL_SEARCH_KEY = secret("PESEL_SEARCH_KEY", least=40)

# ---- applications ----------------------------------------------------------------------------------
INSTALLED_APPS = [
    "lubsko_ops.core",
    "lubsko_ops.audit",
    "lubsko_ops.submissions",
    "lubsko_ops.accounts",
    "lubsko_ops.centre",
    "lubsko_ops.search",
    "lubsko_ops.jobs",
    "lubsko_ops.output",
    "families.people",
    "families.caseload",
    "families.care",
    "families.plans",
    "families.visits",
    "families.assessments",
    "families.intake",
    "families.deadlines",
    "families.timeline",
    "families.case_files",
    "families.dashboard",
    "projects",
    "sessions",  # label "meetings": Django's own sessions keep theirs
    "reports",
    *(["devtools"] if DEMO else []),
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",  # templates of the form controls
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_filters",
    "django_htmx",
    "simple_history",
    "csp",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "lubsko_ops.middleware.SecurityHeadersMiddleware",
    "lubsko_ops.middleware.TransactionMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "lubsko_ops.middleware.SessionTimeoutMiddleware",
    "lubsko_ops.middleware.DraftKeepingLoginMiddleware",
    "lubsko_ops.middleware.SecondFactorMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "lubsko_ops.urls"
WSGI_APPLICATION = "lubsko_ops.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "lubsko_ops.context_processors.layout",
            ],
            "builtins": ["lubsko_ops.core.templatetags.polish", "lubsko_ops.core.templatetags.ui"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # a cookie would carry names

# ---- database --------------------------------------------------------------------------------------
DATABASES = {"default": env.dj_db_url("DATABASE_URL", conn_max_age=60, conn_health_checks=True)}
DATABASES["default"].setdefault("OPTIONS", {})["options"] = (
    "-c statement_timeout=15s -c lock_timeout=3s -c idle_in_transaction_session_timeout=30s "
    "-c jit=off "  # compiling a query of a page costs more than running it
    "-c random_page_cost=1.1"  # memory and solid-state disks jump about as fast as they read on: indexes are used
)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Shared by all workers, so that rate limits hold whichever worker answers.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "core_cache"}}

# The queue of background work: its tasks stand in one module, loaded only by its worker (manage.py worker).
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""
PROCRASTINATE_IMPORT_PATHS = ["lubsko_ops.jobs.queue"]

# ---- language, time --------------------------------------------------------------------------------
LANGUAGE_CODE = "pl"
LANGUAGES = [("pl", "polski")]
TIME_ZONE = "Europe/Warsaw"
USE_TZ = True
USE_I18N = True
USE_THOUSAND_SEPARATOR = False

# ---- people, login ---------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["lubsko_ops.accounts.backends.StaffBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "lubsko_ops.accounts.password_validation.NameSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "start"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "lubsko_ops.accounts.backends.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "lubsko_ops.accounts.allauth_forms.LoginForm",
    "change_password": "lubsko_ops.accounts.allauth_forms.ChangePasswordForm",
    "reauthenticate": "lubsko_ops.accounts.allauth_forms.ReauthenticateForm",
}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]  # sign-up itself is closed
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/15m/key",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
}
SECOND_FACTOR = env.str("SECOND_FACTOR", "off" if DEMO else "required")  # off | optional | required
if SECOND_FACTOR not in {"off", "optional", "required"}:
    raise ImproperlyConfigured("SECOND_FACTOR is one of: off, optional, required.")
MFA_FORMS = {
    "authenticate": "lubsko_ops.accounts.allauth_forms.AuthenticateForm",
    "activate_totp": "lubsko_ops.accounts.allauth_forms.ActivateTOTPForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Lubsko OPS"
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG or DEMO

# ---- the login session: ends after half an hour without work ---------------------------------------
IDLE_MINUTES = env.int("IDLE_MINUTES", 30)
LONGEST_SESSION_HOURS = 12
SESSION_TOUCH_SECONDS = 5 * 60  # written at most this often
SESSION_COOKIE_AGE = IDLE_MINUTES * 60 + SESSION_TOUCH_SECONDS
SESSION_ENGINE = "lubsko_ops.accounts.session_backend"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-sesja" if HTTPS else "sesja"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_FAILURE_VIEW = "lubsko_ops.submissions.views.csrf_failure"

# ---- headers ---------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # Bootstrap draws some of its controls so
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^zdrowie/$"]  # the health probe asks from inside, without TLS
if HTTPS and env.bool("BEHIND_PROXY", True):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# How many proxies of ours stand before the application; their addresses are not the user's.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", 1 if HTTPS else 0)

# ---- static files ----------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = Path(env.str("STATIC_ROOT", str(BASE_DIR / "staticfiles")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# ---- log: no names, no contents, only addresses and numbers ----------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # Refusals (403, 404, 422) are the register's business (lubsko_ops/audit/access_log.py), not the terminal's.
    "loggers": {"django.request": {"level": "ERROR"}, "django.security": {"level": "ERROR"}},
}
