"""The WSGI application."""

import os
from multiprocessing import parent_process

from django.core.wsgi import get_wsgi_application

from runtime import translations
from runtime.process import die_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
translations.compile_stale()
if parent := parent_process():  # a worker of the web server: must not outlive it, however it ends
    die_with_parent(expected=parent.pid)

application = get_wsgi_application()
