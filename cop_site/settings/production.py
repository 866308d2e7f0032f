"""A site for real: refuses to start with anything that would put people at risk."""

from .base import *  # noqa: F403
from .base import RATE_LIMITS, read

if not RATE_LIMITS:
    raise read.BadSetting("RATE_LIMITS", "cannot be off in production: limits protect accounts against guessing.")

SECRET_KEY = read.words("SECRET_KEY", "")
if len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 5:
    raise read.BadSetting("SECRET_KEY", "must be set to at least 50 random characters in production.")
ALLOWED_HOSTS = read.names("ALLOWED_HOSTS", [])
if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
    raise read.BadSetting("ALLOWED_HOSTS", "must name the site's host names in production, separated by commas.")
if not read.address("SITE_URL", {"https"}):
    raise read.BadSetting("SITE_URL", "must be the site's public https:// address in production.")

CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
DEVICE_COOKIE_NAME = "__Host-device"
COOKIE_PREFIX = "__Host-"
