"""What members upload: taken in, cleaned, kept and given out; knows nothing of what a file belongs to."""
