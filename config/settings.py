"""Settings. Every value that differs between machines comes from the environment."""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

BASE_DIR = Path(__file__).resolve().parent.parent
DEBUG = os.environ.get("XIANFENG_DEBUG") == "1"
SECRET_KEY = os.environ.get("XIANFENG_SECRET_KEY", "")
ALLOWED_HOSTS = [h for h in os.environ.get("XIANFENG_HOSTS", "127.0.0.1,localhost").split(",") if h]

INSTALLED_APPS = [
    "runtime",
    "enterprises",
    "campaign",
    "pgtrigger",
    "pghistory",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
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
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
    }


DATABASES = {"default": _database(os.environ["DATABASE_URL"])}
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
ROOT_URLCONF = "config.urls"

# Called inside the transaction that changes the tree or a membership (docs/architecture.md).
TREE_CHANGED: list[str] = []
MEMBERSHIP_CHANGED: list[str] = []
