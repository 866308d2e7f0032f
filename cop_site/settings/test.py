"""What tests change: nothing is written outside a folder of their own."""

import os
import tempfile

os.environ.setdefault("COP_VAR", tempfile.mkdtemp(prefix="cop-test-"))

from .base import *  # noqa: E402, F403

SECRET_KEY = "only-for-tests-" + "x" * 50
IS_DEMO = True
ELASTICSEARCH_URL = ""  # tests of Elasticsearch set it, to what the environment says
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
ACCOUNT_RATE_LIMITS = False
SIGN_UP_TAKES = 0
MFA_RATE_LIMITS = False
VISITORS_PAGES_KEPT = 0  # rows that tests make are no deeds
WHITENOISE_AUTOREFRESH = True
