"""OAI-PMH 2.0: how other libraries copy what everybody may read here (docs/harvesting.md)."""
