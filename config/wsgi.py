"""The entry for a WSGI server such as gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

from config.sound import sound_requests

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = sound_requests(get_wsgi_application())
