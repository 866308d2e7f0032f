"""Asks this server whether it is ready: ends with 0 if it is, with 1 if not. For health checks; needs no package."""

import os
import sys
import urllib.request

HOST = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].strip() or "localhost"
REQUEST = urllib.request.Request(f"http://127.0.0.1:{os.environ.get('PORT') or 8000}/readyz", headers={"Host": HOST})

try:
    with urllib.request.urlopen(REQUEST, timeout=4) as answer:
        sys.exit(0 if answer.status == 200 else 1)
except OSError as error:
    sys.exit(f"Not ready: {error}")
