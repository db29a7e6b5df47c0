"""The WSGI application."""

import os
from multiprocessing import parent_process

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from runtime import translations
from runtime.process import die_with_parent, leave_alone_what_is_loaded

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
translations.compile_stale()
if parent := parent_process():  # a worker of the web server: must not outlive it, however it ends
    die_with_parent(expected=parent.pid)

application = get_wsgi_application()

# Every page is loaded before the first visitor comes.
len(get_resolver().url_patterns)
leave_alone_what_is_loaded()
