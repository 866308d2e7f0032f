"""The door for uvicorn: Django on a few reused threads, rooms beside it, and the runner in the embedded shape."""

import os
import threading

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cop_site.settings")

import django  # noqa: E402

django.setup(set_prefix=False)

from channels.routing import ProtocolTypeRouter  # noqa: E402
from django.conf import settings  # noqa: E402

from cop_site.activity.runner import Runner  # noqa: E402
from cop_site.core.threads import PooledHandler  # noqa: E402
from cop_site.live.rooms import Rooms  # noqa: E402
from cop_site.search.analysis.lexicon import lexicon  # noqa: E402

_django = PooledHandler()
_runner: Runner | None = None
rooms = Rooms()


async def _pages(scope, receive, send):
    """Who waits for news of a room waits before Django is asked."""
    await rooms.wait(scope)
    await _django(scope, receive, send)


async def _lifespan(scope, receive, send):
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
            await rooms.end()
            _django.close()
            await send({"type": "lifespan.shutdown.complete"})
            return


application = ProtocolTypeRouter({"http": _pages, "websocket": rooms.sockets, "lifespan": _lifespan})
