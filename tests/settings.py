"""The project's settings as the tests run them: a folder of their own, quick passwords, no mail sent.

The shell's own settings do not reach the tests, except `DATABASE_URL`: with it the suite runs on
PostgreSQL.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

for name in (
    "ALLOWED_HOSTS",
    "DEBUG",
    "DEFAULT_FROM_EMAIL",
    "EMAIL_URL",
    "HTTPS",
    "OPERATOR_CONTACT",
    "OPERATOR_NAME",
    "RETENTION_ANSWERS_DAYS",
    "RETENTION_COMMENTS_DAYS",
    "RETENTION_INVITATIONS_DAYS",
    "SECRET_KEY",
    "SECRET_KEY_FALLBACKS",
    "TIME_ZONE",
    "TRUSTED_PROXIES",
):
    os.environ.pop(name, None)

_folder = tempfile.mkdtemp(prefix="northbound-tests-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["DATA_DIR"] = _folder

from config.settings import *  # noqa: E402, F403
from config.settings import DATABASES  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MAIL_DIR = EMAIL_FILE_PATH = Path(_folder) / "mail"

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: the browser tests' server answers in threads, and each thread then has a
    # connection and locks of its own, as in real life. Nobody needs it after a power cut.
    DATABASES["default"]["TEST"] = {"NAME": str(Path(_folder) / "test.sqlite3")}
    options = DATABASES["default"]["OPTIONS"]
    options["init_command"] = options["init_command"].replace("=FULL", "=OFF")
else:
    # The browser tests' server leaves its connections to their threads; none may outlive a test.
    DATABASES["default"]["CONN_MAX_AGE"] = 0
