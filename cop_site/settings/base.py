"""What demo, test and production have in common."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from . import environment as read

ROOT: Path = read.ROOT
VAR = read.folder("COP_VAR", ROOT / "var")
COP_MODE = read.mode()
IS_DEMO = COP_MODE == "demo"

SITE_NAME = read.words("SITE_NAME", "Anyam")
SITE_URL = read.address("SITE_URL", {"http", "https"}).rstrip("/") or f"http://localhost:{read.number('PORT', 8000, least=1)}"
WAGTAIL_SITE_NAME = SITE_NAME
WAGTAILADMIN_BASE_URL = SITE_URL
QUICK_EXIT_URL = read.address("QUICK_EXIT_URL", {"https"}) or "https://www.bmkg.go.id/"

DATABASE_URL_NAME = "DATABASE_URL"
REDIS_URL = read.address("REDIS_URL", {"redis", "rediss", "unix"})
ELASTICSEARCH_URL = read.search_server("ELASTICSEARCH_URL")
ELASTICSEARCH_INDEX = read.index_name("ELASTICSEARCH_INDEX", "site")
VISITORS_PAGES_KEPT = 30  # seconds at most; any deed ends it before (cop_site/activity/visitors.py)
RATE_LIMITS = read.switch("RATE_LIMITS", default=True)
STAFF_NEED_SECOND_FACTOR = read.switch("STAFF_NEED_SECOND_FACTOR", default=not IS_DEMO)
# The embedded shape has one process: it runs deliveries and timed jobs itself. A worker does where there is Redis.
IS_EMBEDDED = not REDIS_URL

DEBUG = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
ROOT_URLCONF = "cop_site.urls"
ASGI_APPLICATION = "cop_site.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "cop_site.core",
    "cop_site.activity",
    "cop_site.vocabulary",
    "cop_site.screening",
    "cop_site.files",
    "cop_site.accounts",
    "cop_site.search",
    "cop_site.library",
    "cop_site.directory",
    "cop_site.forums",
    "cop_site.events",
    "cop_site.network",
    "cop_site.moderation",
    "cop_site.notifications",
    "cop_site.api",
    "cop_site.cms",
    "cop_site.demo",
    "cop_site.live",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "template_partials",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "cop_site.core.middleware.SafeHeaders",
    "cop_site.core.static_files.StaticFiles",
    "cop_site.core.middleware.Compress",
    "cop_site.core.middleware.ContentPolicy",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "cop_site.core.middleware.FormsFromHere",  # after these: its refusal is a page for whoever is signed in
    "cop_site.accounts.middleware.Reader",
    "cop_site.accounts.middleware.Visits",
    "cop_site.accounts.entry.gate.FirstRun",
    "cop_site.accounts.middleware.OnlyEditors",
    "cop_site.accounts.middleware.SecondFactorFirst",
    "cop_site.accounts.middleware.Muted",
    "cop_site.accounts.middleware.Door",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "cop_site.core.context.site",
                "cop_site.vocabulary.context.official_channels",
            ],
        },
    }
]

# --- the database: see docs/decisions/001-sqlite-and-postgresql.md
database = read.database(DATABASE_URL_NAME, VAR / "db.sqlite3")
IS_SQLITE = database["ENGINE"].endswith("sqlite3")
if IS_SQLITE:
    database |= {
        "CONN_MAX_AGE": 600,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA mmap_size=134217728;"
            " PRAGMA journal_size_limit=67108864; PRAGMA cache_size=-20000; PRAGMA temp_store=MEMORY;"
            " PRAGMA secure_delete=ON;",
        },
    }
else:
    database |= {
        "CONN_MAX_AGE": 0,
        "OPTIONS": {
            "pool": {"min_size": 1, "max_size": read.number("DATABASE_POOL", 10, least=1)},
            "options": "-c statement_timeout=10000 -c lock_timeout=3000 -c idle_in_transaction_session_timeout=30000",
        },
    }
DATABASES = {"default": database}

# --- caches: limits of allauth live here, so it must be shared by all processes
if REDIS_URL:
    CACHES = {"default": {"BACKEND": "cop_site.core.caches.SharedCache", "LOCATION": REDIS_URL}}
else:
    # Room for many: whoever could push a count out of it by filling it would have no limit.
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 100_000}}}
# Wagtail's image renditions ask a cache of their own name; they fall back to the default.

# --- words
LANGUAGE_CODE = "id"
LANGUAGES = [("id", _("Indonesian")), ("en", _("English"))]
WAGTAIL_CONTENT_LANGUAGES = [("id", "Indonesia")]  # one tree; a page carries both languages itself
WAGTAILADMIN_PERMITTED_LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LOCALE_PATHS = [ROOT / "locale", ROOT / "locale" / "wagtail_overlay"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Jakarta"

# --- people
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["cop_site.accounts.backends.PeopleBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "cop_site.accounts.passwords.LongestValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator", "OPTIONS": {"user_attributes": ["email", "name"]}},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
PASSWORD_RESET_TIMEOUT = 3600
ACCOUNT_ADAPTER = "cop_site.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {"signup": "cop_site.accounts.forms.SignUpForm", "reset_password": "cop_site.accounts.forms.ResetForm"}
ACCOUNT_SIGNUP_FORM_HONEYPOT_FIELD = "website"  # accounts.haste
SIGN_UP_TAKES = 0 if IS_DEMO or not RATE_LIMITS else 2  # seconds; nobody has read the form sooner
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = 3
ACCOUNT_EMAIL_CONFIRMATION_HMAC = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_USER_DISPLAY = lambda user: user.name  # noqa: E731 - allauth asks for a callable
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# allauth's own three count before a form was read, and would answer without what was typed: ours ("…_form") stand in their place.
LIMITS = {
    "login": None,
    "login_failed": "10/m/ip,5/5m/key",
    "login_failed_known": "5/5m/key",
    "signup": None,
    "signup_form": "20/m/ip,5/h/key",
    "reset_password": None,
    "reset_form": "20/m/ip,5/h/key",
    "upload": "30/h/key",
    "post": "60/h/key",
    "first_posts": "3/h/key",  # within the first two weeks of a membership
    "report": "20/h/key",
    "inquiry": "10/h/key",  # questions to organisations
    "save_search": "20/h/key",
    "search": "30/m/key",
    "visit": "200/m/key,50/10s/key",  # pages of a visitor; in whole slots of core.tally
    "suggest": "240/m/key",  # a quick typist's pauses; an office behind one address shares it as visitors, signed in each has her own
}
ACCOUNT_RATE_LIMITS = LIMITS if RATE_LIMITS else False
ALLAUTH_TRUSTED_PROXY_COUNT = read.number("TRUSTED_PROXIES", 0)

MFA_ADAPTER = "cop_site.accounts.second_factor.MFAAdapter"
MFA_FORMS = {"activate_totp": "cop_site.accounts.second_factor.ActivateForm"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 0  # a code is remembered as used for as long as it works, and no longer
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_RATE_LIMITS = {} if RATE_LIMITS else False
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = IS_DEMO  # http://localhost
DEVICE_COOKIE_NAME = "device"
COOKIE_PREFIX = ""  # of the cookies that keep a reader's wishes

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
CSRF_COOKIE_HTTPONLY = True  # scripts take the token from the form
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # they name people: not for a cookie
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "cop_site.core.errors.csrf_failure"

# --- what leaves the server
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "report-uri": ["/reports/policy"],
        "require-trusted-types-for": ["'script'"],  # not where htmx is loaded: core.middleware.ContentPolicy
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_HANDLERS = [
    "cop_site.core.bodies.Measure",  # first: what is too large is not written anywhere
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

STATIC_URL = "/static/"
STATICFILES_DIRS = [ROOT / "static"]
BUNDLE_ROOT = VAR / "bundles"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
FILE_ROOT = VAR / "files"  # what members upload: never below an address
MEDIA_ROOT = VAR / "media"
MEDIA_URL = "/media/"

# --- mail: where EMAIL_URL is unset every mail is one file in var/mail
MAIL_FOLDER = VAR / "mail"
_mail = read.mail("EMAIL_URL")
EMAIL_BACKEND = _mail.get("EMAIL_BACKEND", "cop_site.core.mail.EmlBackend")
EMAIL_HOST = _mail.get("EMAIL_HOST", "localhost")
EMAIL_PORT = _mail.get("EMAIL_PORT") or 25
EMAIL_HOST_USER = _mail.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = _mail.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = _mail.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = _mail.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = read.words("MAIL_FROM", f"{SITE_NAME} <no-reply@localhost>")

# --- Wagtail: nothing that calls out, tasks by its own database queue
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILADMIN_LOGIN_URL = "/accounts/login/"
WAGTAIL_FRONTEND_LOGIN_URL = "/accounts/login/"
WAGTAILIMAGES_IMAGE_FORM_BASE = "cop_site.cms.forms.PictureForm"
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

SERIALIZATION_MODULES = {}
SILENCED_SYSTEM_CHECKS: list[str] = []

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "cop_site.core.logs.WithoutWords", "format": "{levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "cop_site": {"level": "INFO"},
        # A refused or unknown address may hold the words of a title that its reader must not know.
        "django.request": {"level": "ERROR"},
        # What fails there is said by search itself, once and without addresses.
        "elastic_transport": {"level": "CRITICAL"},
        # Anybody can send a foreign host name; it gets its 400, and our log no traceback.
        "django.security.DisallowedHost": {"handlers": ["stderr"], "level": "CRITICAL", "propagate": False},
    },
}
