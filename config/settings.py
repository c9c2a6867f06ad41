"""Django's settings. What differs between installations comes from the environment, by `environment.py` alone."""

from pathlib import Path

import bootstrap_wrapper
import fontpkg_source_sans_3
from csp.constants import NONCE, NONE, SELF
from whitenoise.compress import Compressor

from config.environment import read_environment
from config.headers import of_static_file

BASE_DIR = Path(__file__).resolve().parent.parent
ENVIRONMENT = read_environment(BASE_DIR)

PRODUCTION = ENVIRONMENT.production
DEBUG = ENVIRONMENT.debug
SECRET_KEY = ENVIRONMENT.secret_key
SECRET_KEY_FALLBACKS = ENVIRONMENT.secret_key_fallbacks
ALLOWED_HOSTS = ENVIRONMENT.allowed_hosts
DATA_DIR = ENVIRONMENT.data_dir

# The demonstration keeps its mail in files and shows them in the browser; production never does.
DEMONSTRATION = not PRODUCTION

INSTALLED_APPS = [
    "alliances.apps.AlliancesConfig",
    "assessments.apps.AssessmentsConfig",
    "config.apps.NorthboundAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_htmx",
]

MIDDLEWARE = [
    "config.headers.SafeHeaders",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "config.acting.ActingForReader",
    "config.language.ReaderLanguage",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "config.errors.WrongMethodPage",
    "allauth.account.middleware.AccountMiddleware",
    "config.second_factor.SecondFactorFirst",
    "config.first_factor.ProvenFirst",
    "config.login_ended.LoginEnded",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

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
                "config.context.installation",
                "config.language.languages",
            ],
            # Days, lists and quotation marks as each language writes them, in every template.
            "builtins": ["alliances.templatetags.writing"],
        },
    },
]

DATABASES = {"default": {**ENVIRONMENT.database, "ATOMIC_REQUESTS": False}}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # IMMEDIATE takes the write lock at BEGIN, so that two writers wait instead of failing; no WAL
    # before SQLite 3.51.3 (its reset bug may lose a commit). What is deleted is overwritten in the file.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# People and login
AUTH_USER_MODEL = "alliances.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "alliances.passwords.EasyPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "alliances.accounts.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "alliances.forms.accounts.Login",
    "request_login_code": "alliances.forms.accounts.AskForCode",
    "confirm_login_code": "alliances.forms.accounts.EnterCode",
    "change_password": "alliances.forms.accounts.ChangePassword",
    "set_password": "alliances.forms.accounts.SetPassword",
    "reset_password": "alliances.forms.accounts.AskForPassword",
    "reset_password_from_key": "alliances.forms.accounts.ChooseAnew",
    "reauthenticate": "alliances.forms.accounts.ProveByPassword",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_PREVENT_ENUMERATION = True
# The link to choose a new password: seconds. A mailbox keeps it longer.
PASSWORD_RESET_TIMEOUT = 3600
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_UNIQUE_EMAIL = True
# Access is given to an address. Nobody may put an address on an account that is not proven theirs,
# and be given what was meant for its owner: an admin changes addresses.
ACCOUNT_MAX_EMAIL_ADDRESSES = 1
# Whoever's way of logging in is changed is told by mail.
ACCOUNT_EMAIL_NOTIFICATIONS = True
# A second factor: an app that shows digits, or a passkey, with recovery codes for who loses them.
MFA_ADAPTER = "alliances.accounts.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {
    "authenticate": "alliances.forms.accounts.EnterDigits",
    "reauthenticate": "alliances.forms.accounts.ProveByDigits",
    "activate_totp": "alliances.forms.accounts.SetUpApp",
    "add_webauthn": "alliances.forms.passkeys.AddPasskeyForm",
    "edit_webauthn": "alliances.forms.passkeys.RenamePasskeyForm",
    "authenticate_webauthn": "alliances.forms.passkeys.ShowPasskeyForm",
    "login_webauthn": "alliances.forms.passkeys.LoginByPasskeyForm",
    "reauthenticate_webauthn": "alliances.forms.passkeys.ProveByPasskeyForm",
}
# A telephone's clock may be half a minute off.
MFA_TOTP_TOLERANCE = 1
# Nobody signs up: whoever has an account was given it at an address that somebody else knows as theirs.
MFA_ALLOW_UNVERIFIED_EMAIL = True
# Browsers make no passkeys without HTTPS, but on the machine itself.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not ENVIRONMENT.secure
# In a demonstration everybody logs in with what its first page says.
SECOND_FACTOR_REQUIRED = PRODUCTION
ALLAUTH_TRUSTED_PROXY_COUNT = ENVIRONMENT.trusted_proxies

# What allauth and `alliances.views.limits` count, such as wrong passwords. In the database, because all processes
# of the server must count together, and because it adds in one step what may be there once.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "northbound_counted",
        "KEY_FUNCTION": "alliances.views.limits.unreadable_key",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}

# Beside allauth's own: tries, within so much time, by an address or an account. A right link is never counted.
RATE_LIMITS = {"wrong_link": "30/10m/ip", "appraisal_pdf": "20/10m/ip", "pdf": "40/10m/user"}

# Mail
MAIL_DIR = DATA_DIR / "mail"
if ENVIRONMENT.email:
    vars().update(ENVIRONMENT.email)
    EMAIL_TIMEOUT = 20
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = MAIL_DIR
DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENVIRONMENT.default_from_email

# Who runs this server, and how long it keeps what people said (docs/operating.md)
OPERATOR_NAME = ENVIRONMENT.operator_name
OPERATOR_CONTACT = ENVIRONMENT.operator_contact
RETENTION_ANSWERS_DAYS = ENVIRONMENT.retention_answers_days
RETENTION_COMMENTS_DAYS = ENVIRONMENT.retention_comments_days
RETENTION_INVITATIONS_DAYS = ENVIRONMENT.retention_invitations_days

# Language and time
LANGUAGE_CODE = ENVIRONMENT.default_language
LANGUAGES = [("en", "English"), ("fr", "Français")]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SECURE = ENVIRONMENT.secure
TIME_ZONE = ENVIRONMENT.time_zone
USE_I18N = True
USE_TZ = True
DATE_FORMAT = "j F Y"
FORMAT_MODULE_PATH = ["config.formats"]

# Static files: ours, and Bootstrap and the font from their installed packages
STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("bootstrap", bootstrap_wrapper.get_bootstrap_dir()),
    ("fonts", Path(fontpkg_source_sans_3.__file__).parent / "files"),
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        # Hashed names need `collectstatic`, which a demonstration should not have to wait for.
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEMONSTRATION
WHITENOISE_ADD_HEADERS_FUNCTION = of_static_file
# Static files are public, and yet for our own pages: no other site need read them.
WHITENOISE_ALLOW_ALL_ORIGINS = False
# Bootstrap's source maps are large, and no visitor's browser asks for them.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "map")

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# Headers
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "object-src": [NONE],
        # Each page's own, drawn anew; a page without a script runs none. Django's admin: `config.admin`.
        "script-src": [NONCE],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_ENGINE = "config.sessions"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
# Browsers take a cookie of such a name only over HTTPS, for `/`, and from this host itself: no other
# server of the domain can plant one. Those of a questionnaire: `alliances.views.cookies`.
HOST_ALONE = "__Host-" if ENVIRONMENT.secure else ""
SESSION_COOKIE_NAME = f"{HOST_ALONE}sessionid"
CSRF_COOKIE_NAME = f"{HOST_ALONE}csrftoken"
LANGUAGE_COOKIE_NAME = f"{HOST_ALONE}django_language"
MESSAGES_COOKIE_NAME = f"{HOST_ALONE}messages"
MESSAGE_STORAGE = "config.cookies.Messages"
CSRF_FAILURE_VIEW = "config.errors.csrf_failure"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENVIRONMENT.secure
if ENVIRONMENT.secure:
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    if ENVIRONMENT.trusted_proxies:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# A comment of a megabyte gets an answer on its page; what is larger is refused before it is read.
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
# The same for files, which Django does not count. No form takes more than one.
FILE_UPLOAD_HANDLERS = [
    "config.uploads.WithinLimit",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_NUMBER_FILES = 2
# A round may ask some thousands of people, each a field where they are chosen.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "format": "{asctime} {levelname} {name}: {message}",
            "datefmt": "%Y-%m-%dT%H:%M:%S%z",
            "style": "{",
        }
    },
    "filters": {"without_links": {"()": "config.logs.WithoutLinks"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["without_links"],
        }
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "INFO", "propagate": False},
        # Django gives `runserver` a handler of its own, which would write personal links out.
        "django.server": {"handlers": ["console"], "level": "INFO", "propagate": False},
        # Which passkey was used when is nobody's affair but its owner's.
        "fido2": {"handlers": ["console"], "level": "ERROR", "propagate": False},
        # Layout engines tell a good deal about fonts and CSS that helps nobody who runs a server.
        "weasyprint": {"handlers": ["console"], "level": "ERROR", "propagate": False},
        "fontTools": {"handlers": ["console"], "level": "ERROR", "propagate": False},
    },
}
