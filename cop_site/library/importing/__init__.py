"""Records from elsewhere: read from a file, understood line by line, weighed against what is here. See docs/import.md."""
