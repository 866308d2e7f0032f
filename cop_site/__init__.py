"""The community-of-practice site."""
