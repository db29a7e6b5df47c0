"""The Celery application. Tasks live in each room's ``tasks.py``; they load by id and call one action."""

import os

from celery import Celery
from celery.signals import worker_process_init

from runtime import translations
from runtime.process import die_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
translations.compile_stale()

app = Celery("xianfeng")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(
    packages=[
        "campaign.plan",
        "campaign.progress",
        "campaign.meetings",
        "campaign.study",
        "campaign.filings",
        "campaign.opinions",
        "campaign.overview",
        "enterprises",
        "enterprises.exporting",
        "enterprises.rosters",
    ]
)
worker_process_init.connect(lambda **_: die_with_parent(), weak=False)
