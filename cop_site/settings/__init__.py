"""The settings that ``COP_MODE`` names: demo (default) or production."""

from .environment import mode

if mode() == "production":
    from .production import *  # noqa: F403
else:
    from .demo import *  # noqa: F403
