"""Pages about what may do harm."""
