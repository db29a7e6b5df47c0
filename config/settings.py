"""Settings. Every value that differs between machines comes from the environment."""

import os
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pgtrigger
import structlog
from celery.schedules import crontab
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy

BASE_DIR = Path(__file__).resolve().parent.parent
XIANFENG_HOME = Path(os.environ.get("XIANFENG_HOME") or BASE_DIR / ".xianfeng").resolve()
DEBUG = os.environ.get("XIANFENG_DEBUG") == "1"
# Everything is production unless somebody asked for debugging or ``manage.py`` runs its own local servers.
PRODUCTION = os.environ.get("XIANFENG_PRODUCTION") == "1" or not (DEBUG or os.environ.get("XIANFENG_LOCAL") == "1")
SECRET_KEY = os.environ.get("XIANFENG_SECRET_KEY", "")
if not SECRET_KEY:
    raise ImproperlyConfigured("XIANFENG_SECRET_KEY is not set. Give a long random text and keep it secret.")
if PRODUCTION and DEBUG:
    raise ImproperlyConfigured("XIANFENG_DEBUG=1 and XIANFENG_PRODUCTION=1 exclude each other.")
ALLOWED_HOSTS = [h for h in os.environ.get("XIANFENG_HOSTS", "127.0.0.1,localhost").split(",") if h]
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("XIANFENG_ORIGINS", "").split(",") if o]

INSTALLED_APPS = [
    "runtime",
    "enterprises",
    "campaign",
    "pgtrigger",
    "pghistory",
    "axes",
    "django_filters",
    "django_htmx",
    "django.forms",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
]

AUTH_USER_MODEL = "enterprises.Account"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"


def _database(url: str) -> dict:
    """The connection named by ``url``; a folder of sockets is given as ``?host=/folder``."""
    parts = urlsplit(url)
    options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def _broker(url: str) -> str:
    """The same Valkey or Redis in the spelling of Celery, which has its own for Unix sockets."""
    if not url.startswith("unix://"):
        return url
    parts = urlsplit(url)
    number = parse_qs(parts.query).get("db", ["0"])[-1]
    return f"redis+socket://{parts.path}?virtual_host={number}"


DATABASE_URL = os.environ.get("DATABASE_URL", "postgres://xianfeng@localhost/xianfeng")
REDIS_URL = os.environ.get("REDIS_URL", "redis://localhost:6379/0")
DATABASES = {"default": _database(DATABASE_URL)}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "xianfeng",
    }
}

# Jobs. A task is acknowledged when it is done, so that it is done again when its worker dies midway.
CELERY_BROKER_URL = _broker(REDIS_URL)
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 900}  # seconds until a lost task is given anew
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_DEFAULT_QUEUE = "xianfeng"
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "Asia/Shanghai"
CELERY_BEAT_SCHEDULE: dict[str, dict] = {  # name -> {"task": dotted name, "schedule": seconds or crontab}
    "fold progress": {
        "task": "campaign.progress.tasks.fold_progress",
        "schedule": 1.0,
        "options": {"expires": 2},
    },
    "start campaigns": {
        "task": "campaign.plan.tasks.start_due_campaigns",
        "schedule": crontab(hour=0, minute=5),
    },
    "forget uploads": {
        "task": "enterprises.rosters.tasks.forget_uploads",
        "schedule": crontab(hour=3, minute=40),
    },
    "forget exports": {
        "task": "enterprises.exporting.tasks.forget_exports",
        "schedule": crontab(hour=3, minute=45),
    },
    "check progress": {
        "task": "campaign.progress.tasks.check_progress",
        "schedule": crontab(hour=3, minute=10),
    },
    "take due transfers": {
        "task": "enterprises.tasks.take_transfers",
        "schedule": crontab(hour=0, minute=1),
    },
    "check organizations": {
        "task": "enterprises.tasks.nightly_checks",
        "schedule": crontab(hour=2, minute=30),
    },
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOCALE_PATHS = sorted((BASE_DIR / "locale").glob("*"))  # one catalogue for each area

# Pages
ROOT_URLCONF = "config.urls"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.middleware.PageCompression",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "enterprises.access.middleware.ActingPostMiddleware",
    "config.middleware.LanguageMiddleware",
    "config.middleware.PasswordChangeMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]
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
                "config.context.page",
            ],
            "builtins": ["django.templatetags.static", "enterprises.templatetags.interface"],
        },
    }
]
FILTERS_EMPTY_CHOICE_LABEL = gettext_lazy("All")
FORM_RENDERER = "config.forms.Renderer"
STATIC_URL = "/static/"
STATIC_ROOT = XIANFENG_HOME / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Kept in the database, read from the cache: a page spends none of its eight statements on who is asking.
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600  # seconds: a working day
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = PRODUCTION
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 365 * 86400 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
if os.environ.get("XIANFENG_BEHIND_PROXY") == "1":  # the proxy must set or drop this header itself
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Uploads: kept outside the web root, served as downloads only.
MEDIA_ROOT = XIANFENG_HOME / "uploads"
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 2**20  # bytes; beyond that a temporary file
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20  # bytes of a form without its files
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000  # a meeting of a large branch ticks many absentees
UPLOAD_MAX_BYTES = 64 * 2**20  # of one file; a roster of 2.7 million rows is about 50 MB compressed

# Sign-in: five failures lock the account's name for a quarter of an hour, whether or not it exists.
LOGIN_URL = "signin:sign_in"
LOGIN_REDIRECT_URL = "/"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
     "OPTIONS": {"user_attributes": ("username", "display_name")}},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]  # fmt: skip
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True
# By account name only: an office of many people shares one address, and one of them must not lock out all.
SILENCED_SYSTEM_CHECKS = ["axes.W006"]
AXES_LOCKOUT_CALLABLE = "enterprises.signin.views.locked"

# Which rules of size and term the warnings about organizations follow: "2005" or "current" (dossier 2.1, 2.5).
RULE_PRESET = os.environ.get("XIANFENG_RULE_PRESET", "current")

# Called inside the transaction that changes the tree or a membership (docs/architecture.md).
TREE_CHANGED = ["campaign.progress.actions.tree_changed"]
MEMBERSHIP_CHANGED = ["campaign.progress.actions.membership_changed"]
SCHEDULE_CHANGED = ["campaign.progress.actions.schedule_changed"]

# Audit (enterprises/history.py): one event row per changed row, written once per statement.

PGHISTORY_LEVEL = pgtrigger.Statement
PGHISTORY_APPEND_ONLY = True

# Logs: one line of JSON for each event, on standard error; never names, texts or addresses of persons.
_SHARED_PROCESSORS = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]
structlog.configure(
    processors=[
        *_SHARED_PROCESSORS,
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "foreign_pre_chain": _SHARED_PROCESSORS,
            "processors": [
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        }
    },
    "handlers": {"standard_error": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["standard_error"], "level": "INFO" if not DEBUG else "WARNING"},
    "loggers": {
        "axes": {"level": "ERROR"},  # its warnings name accounts and addresses
        "django.server": {"handlers": ["standard_error"], "level": "WARNING", "propagate": False},
    },
}
