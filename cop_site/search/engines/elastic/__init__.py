"""Elasticsearch as the engine, with the embedded index behind it: written always, asked wherever the server fails."""

from .engine import Elastic

__all__ = ["Elastic"]
