"""Forums: ask, answer, find it again."""
