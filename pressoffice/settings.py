"""Every difference between machines is an environment variable, read once, here.

The list for operators stands in docs/operations.md.
"""

import re
import secrets
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

# production: nothing is guessed. local, demo: this machine only, so secrets are made and http is enough.
PRESSOFFICE_MODE = env.str("PRESSOFFICE_MODE", default="production")
if PRESSOFFICE_MODE not in {"production", "local", "demo"}:
    raise ImproperlyConfigured(
        f"PRESSOFFICE_MODE is {PRESSOFFICE_MODE!r}: it must be production, local or demo."
    )
IN_PRODUCTION = PRESSOFFICE_MODE == "production"

# Everything the running site writes: database, uploaded files, collected static files.
VAR_DIR = Path(env.str("PRESSOFFICE_VAR", default=str(BASE_DIR / "var"))).resolve()
VAR_DIR.mkdir(parents=True, exist_ok=True)


def own_secret() -> str:
    """A key made once for this machine, so that a restart signs nobody out."""
    path = VAR_DIR / "secret_key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()


DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="" if IN_PRODUCTION else own_secret())
LOOPBACK = ["127.0.0.1", "localhost", "[::1]"]
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[] if IN_PRODUCTION else LOOPBACK)
# The origin under which the public knows the site: feeds, canonical links and mails are built from it,
# never from the Host header of a request.
PRESSOFFICE_ADDRESS = env.str(
    "PRESSOFFICE_ADDRESS", default="" if IN_PRODUCTION else "http://127.0.0.1:8000"
).rstrip("/")


def refuse_unsafe_combinations() -> None:
    problems = []
    if IN_PRODUCTION:
        if DEBUG:
            problems.append(
                "DEBUG must be off in production: error pages would show texts that are not public."
            )
        if len(SECRET_KEY) < 40:
            problems.append("SECRET_KEY must be set to at least 40 random characters.")
        if not ALLOWED_HOSTS:
            problems.append("ALLOWED_HOSTS must name the site's host names.")
        if not PRESSOFFICE_ADDRESS.startswith("https://"):
            problems.append("PRESSOFFICE_ADDRESS must be the site's public address and start with https://.")
    elif not set(ALLOWED_HOSTS) <= {*LOOPBACK, "testserver"}:
        problems.append(
            f"PRESSOFFICE_MODE={PRESSOFFICE_MODE} has known log-ins and made-up secrets: "
            "ALLOWED_HOSTS may only name this machine. Use PRESSOFFICE_MODE=production."
        )
    if "*" in ALLOWED_HOSTS:
        problems.append("ALLOWED_HOSTS must not be *: name the hosts.")
    if problems:
        raise ImproperlyConfigured(" ".join(problems))


refuse_unsafe_combinations()

INSTALLED_APPS = [
    "django.forms",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_filters",
    "django_prose_editor",
    "csp",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp_webauthn",
    "pressoffice.publishing",
    "pressoffice.accounts",
    "pressoffice.directory",
    "pressoffice.media",
    "pressoffice.deliveries",
    "projects",
    "events",
    "articles",
    "pressoffice.ledger",
    "pressoffice.releases",
    "pressoffice.search",
    "pressoffice.old_archive",
    "pressoffice.telling",
    "pressoffice.alerts",
    "pressoffice.apps.PressOfficeConfig",
    # Last: the roles wait until every app's permissions exist.
    "pressoffice.apps.PressOfficeAdminConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "pressoffice.middleware.headers",
    "csp.middleware.CSPMiddleware",
    "pressoffice.middleware.admin_policy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "pressoffice.middleware.head_is_get",
    "pressoffice.api.middleware.for_everybody",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "pressoffice.publishing.time_travel.OneMomentPerRequest",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "pressoffice.middleware.ReadersOnlyRead",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "pressoffice.accounts.middleware.only_who_gave_both_factors",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "pressoffice.urls"
WSGI_APPLICATION = "pressoffice.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "pressoffice.context.site",
            ],
        },
    },
]
# Form widgets of our own live in templates/ like everything else.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASE_URL = env.str("DATABASE_URL", default="") or f"sqlite:///{VAR_DIR / 'pressoffice.sqlite3'}"
DATABASES = {"default": env.db_url_config(DATABASE_URL)}
DATABASES["default"]["ATOMIC_REQUESTS"] = False
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # With DEFERRED transactions concurrent writers fail at once; IMMEDIATE makes them wait their turn.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("DATABASE_CONN_MAX_AGE", default=60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

CACHES = {"default": env.cache_url("CACHE_URL", default="locmemcache://")}

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "admin:login"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "pressoffice.accounts.passwords.GuessablePasswordValidator"},
]

# Whoever has a log-in proves it twice. A visitor of the demonstration is let in with the password alone, and
# `check --deploy` refuses the demonstration.
SECOND_FACTOR_REQUIRED = PRESSOFFICE_MODE != "demo"


def passkey_home(address: str) -> tuple[str, str]:
    """The name a passkey is made for and the origin it works at. Browsers allow no passkey for a bare IP
    address, so on one's own machine it is made for localhost."""
    parts = urlsplit(address)
    if parts.hostname in {"127.0.0.1", "::1"}:
        port = f":{parts.port}" if parts.port else ""
        return "localhost", f"{parts.scheme}://localhost{port}"
    return parts.hostname or "", f"{parts.scheme}://{parts.netloc}"


OTP_WEBAUTHN_RP_ID, _passkey_origin = passkey_home(PRESSOFFICE_ADDRESS)
OTP_WEBAUTHN_RP_NAME_CALLABLE = "pressoffice.accounts.passkeys.office_name"
OTP_WEBAUTHN_ALLOWED_ORIGINS = [_passkey_origin]
OTP_WEBAUTHN_ALLOW_PASSWORDLESS_LOGIN = True
# Its waiting times double without end: somebody who knows the password could shut a person out for years.
# pressoffice.accounts.throttle counts instead.
OTP_TOTP_THROTTLE_FACTOR = 0
# Days after which `sweep_log_ins` forgets from where somebody logged in.
PRESSOFFICE_LOG_IN_ADDRESS_DAYS = env.int("PRESSOFFICE_LOG_IN_ADDRESS_DAYS", default=90)
if PRESSOFFICE_LOG_IN_ADDRESS_DAYS < 1:
    raise ImproperlyConfigured("PRESSOFFICE_LOG_IN_ADDRESS_DAYS must be 1 or more.")

# Languages in the order in which a missing translation falls back.
LANGUAGE_CODE = "ky"
LANGUAGES = [("ky", _("Kyrgyz")), ("ru", _("Russian")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "pressoffice" / "locale", BASE_DIR / "pressoffice" / "locale_overrides"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Bishkek"
FORMAT_MODULE_PATH = ["pressoffice.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(VAR_DIR / "media")))
STORAGES = {
    # Uploaded files are private: only pressoffice.media's views hand them out, never a path.
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "pressoffice.staticfiles.HashedModulesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o640

SESSION_ENGINE = "django.contrib.sessions.backends.db"
# A working day at most, and less when nobody is there (pressoffice.accounts.sign_ins.IDLE).
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = IN_PRODUCTION
CSRF_COOKIE_SECURE = IN_PRODUCTION
CSRF_FAILURE_VIEW = "pressoffice.lost_session.csrf_failure"
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=IN_PRODUCTION)
SECURE_HSTS_SECONDS = 31_536_000 if IN_PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IN_PRODUCTION
# Browsers' preload lists take whole domains: that is the ministry's decision, not this site's.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", default=False) else None
)
X_FRAME_OPTIONS = "DENY"

# Nothing is inline but what pressoffice.middleware.admin_policy adds by its hash for the editor.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

# How the press office is reached; shown on the site and in the feeds.
PRESSOFFICE_CONTACT_EMAIL = env.str("PRESSOFFICE_CONTACT_EMAIL", default="")
PRESSOFFICE_CONTACT_PHONE = env.str("PRESSOFFICE_CONTACT_PHONE", default="")
# Who publishes the open data, as the registers of IATI and OC4IDS know it: see docs/operations.md.
IN_DEMO = PRESSOFFICE_MODE == "demo"
PRESSOFFICE_PUBLISHER_NAME = env.str(
    "PRESSOFFICE_PUBLISHER_NAME", default="Demonstration, no real publisher" if IN_DEMO else ""
)
# A "mailto:" or "https:" address for /.well-known/security.txt (RFC 9116).
PRESSOFFICE_SECURITY_CONTACT = env.str(
    "PRESSOFFICE_SECURITY_CONTACT", default="mailto:security@press-office.example" if IN_DEMO else ""
)
# The address of the licence under which everything public may be used, for the manifest of what dump_public
# writes; pictures have terms of their own.
PRESSOFFICE_DATA_LICENCE = env.str("PRESSOFFICE_DATA_LICENCE", default="")
PRESSOFFICE_IATI_ORGANISATION = env.str(
    "PRESSOFFICE_IATI_ORGANISATION", default="XX-DEMONSTRATION-0" if IN_DEMO else ""
)
PRESSOFFICE_IATI_ORGANISATION_TYPE = env.str("PRESSOFFICE_IATI_ORGANISATION_TYPE", default="10")
PRESSOFFICE_OC4IDS_PREFIX = env.str(
    "PRESSOFFICE_OC4IDS_PREFIX", default="oc4ids-demonstration" if IN_DEMO else ""
)


def refuse_odd_identifiers() -> None:
    for name in ("PRESSOFFICE_IATI_ORGANISATION", "PRESSOFFICE_OC4IDS_PREFIX"):
        if re.search(r"[^A-Za-z0-9._-]", globals()[name]):
            raise ImproperlyConfigured(f"{name} may have Latin letters, digits, dots and hyphens only.")
    if not re.fullmatch(r"[1-9]\d", PRESSOFFICE_IATI_ORGANISATION_TYPE):
        raise ImproperlyConfigured(
            "PRESSOFFICE_IATI_ORGANISATION_TYPE must be a code of IATI's organisation types, such as 10."
        )

    if PRESSOFFICE_SECURITY_CONTACT and not re.fullmatch(
        r"(mailto:|https://|tel:)\S+", PRESSOFFICE_SECURITY_CONTACT
    ):
        raise ImproperlyConfigured(
            "PRESSOFFICE_SECURITY_CONTACT must be an address that begins with mailto:, https:// or tel:."
        )
    if PRESSOFFICE_DATA_LICENCE and not re.fullmatch(r"https?://\S+", PRESSOFFICE_DATA_LICENCE):
        raise ImproperlyConfigured("PRESSOFFICE_DATA_LICENCE must be an address that begins with https://.")


refuse_odd_identifiers()

# Days after which the worker forgets what was delivered. Not fewer than a month: a key that is forgotten can
# be asked for again.
PRESSOFFICE_DELIVERY_DAYS = env.int("PRESSOFFICE_DELIVERY_DAYS", default=90)
if PRESSOFFICE_DELIVERY_DAYS < 30:
    raise ImproperlyConfigured("PRESSOFFICE_DELIVERY_DAYS must be 30 or more.")

# How e-mails leave, such as smtp+tls://name:password@mail.example:587. Without it no alerts are offered. On
# one's own machine they are files, in the folder that `make demo` names.
EMAIL_URL = env.str("EMAIL_URL", default="" if IN_PRODUCTION else "filemail:")
if EMAIL_URL:
    try:
        _mail = environ.Env.email_url_config(EMAIL_URL)
    except (ImproperlyConfigured, ValueError):
        raise ImproperlyConfigured(
            "EMAIL_URL must look like smtp+tls://name:password@mail.example:587."
        ) from None
    globals().update({name: value for name, value in _mail.items() if value not in (None, "")})
    EMAIL_FILE_PATH = VAR_DIR / "mail"
EMAIL_TIMEOUT = 30
PRESSOFFICE_ALERTS = bool(EMAIL_URL)
# Whom e-mails come from, and where those that cannot be delivered come back to (default: the same).
PRESSOFFICE_MAIL_FROM = env.str(
    "PRESSOFFICE_MAIL_FROM", default="" if IN_PRODUCTION else "press-office@localhost.localdomain"
)
PRESSOFFICE_BOUNCES_TO = env.str("PRESSOFFICE_BOUNCES_TO", default="")
DEFAULT_FROM_EMAIL = SERVER_EMAIL = PRESSOFFICE_MAIL_FROM or "webmaster@localhost"
PRESSOFFICE_ALERTS_PER_MINUTE = env.int("PRESSOFFICE_ALERTS_PER_MINUTE", default=120)
PRESSOFFICE_ALERTS_CONFIRMATIONS_PER_DAY = env.int("PRESSOFFICE_ALERTS_CONFIRMATIONS_PER_DAY", default=3)
PRESSOFFICE_ALERTS_SIGN_UPS_PER_HOUR = env.int("PRESSOFFICE_ALERTS_SIGN_UPS_PER_HOUR", default=30)
# After so many days with a bounce nothing is sent any more until the address is confirmed anew.
PRESSOFFICE_ALERTS_BOUNCES = env.int("PRESSOFFICE_ALERTS_BOUNCES", default=5)


def refuse_odd_mail() -> None:
    for name in ("PRESSOFFICE_MAIL_FROM", "PRESSOFFICE_BOUNCES_TO"):
        address = globals()[name]
        if address and not re.fullmatch(r"[^\s@<>,;+]+@[^\s@<>,;]+", address):
            raise ImproperlyConfigured(f"{name} must be one bare e-mail address, such as press@example.org.")
    if EMAIL_URL and not PRESSOFFICE_MAIL_FROM:
        raise ImproperlyConfigured("EMAIL_URL is set, so PRESSOFFICE_MAIL_FROM must name the sender.")
    for name in ("PER_MINUTE", "CONFIRMATIONS_PER_DAY", "SIGN_UPS_PER_HOUR", "BOUNCES"):
        if globals()[f"PRESSOFFICE_ALERTS_{name}"] < 1:
            raise ImproperlyConfigured(f"PRESSOFFICE_ALERTS_{name} must be 1 or more.")


refuse_odd_mail()

# WebSub hubs that feeds name (https://www.w3.org/TR/websub/).
WEBSUB_HUBS = env.list("WEBSUB_HUBS", default=[])
if not all(re.fullmatch(r"https?://[^\s/]+(/\S*)?", hub) for hub in WEBSUB_HUBS):
    raise ImproperlyConfigured("WEBSUB_HUBS must list addresses of hubs that begin with https://.")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {"refusals": {"()": "pressoffice.logs.RefusalsInOneLine"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["refusals"]},
    },
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING")},
}
