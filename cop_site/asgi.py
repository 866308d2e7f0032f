"""The door for uvicorn: Django on a few reused threads, with the runner beside it in the embedded shape."""

import os
import threading

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cop_site.settings")

import django  # noqa: E402

django.setup(set_prefix=False)

from django.conf import settings  # noqa: E402

from cop_site.activity.runner import Runner  # noqa: E402
from cop_site.core.threads import PooledHandler  # noqa: E402
from cop_site.search.analysis.lexicon import lexicon  # noqa: E402

_django = PooledHandler()
_runner: Runner | None = None


async def application(scope, receive, send):
    """HTTP goes to Django; start and stop of the server start and stop the runner. There are no sockets yet."""
    if scope["type"] == "lifespan":
        await _lifespan(receive, send)
    elif scope["type"] == "http":
        await _django(scope, receive, send)
    else:
        await send({"type": "websocket.close", "code": 1000})


async def _lifespan(receive, send):
    global _runner  # noqa: PLW0603 - one runner per process
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            # Half a second of reading that the first question would otherwise wait for.
            threading.Thread(target=lexicon, daemon=True).start()
            if settings.IS_EMBEDDED:
                _runner = Runner()
                _runner.start()
            await send({"type": "lifespan.startup.complete"})
        elif message["type"] == "lifespan.shutdown":
            if _runner:
                _runner.stop()
                _runner.join(timeout=10)
            _django.close()
            await send({"type": "lifespan.shutdown.complete"})
            return
