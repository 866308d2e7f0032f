"""Records on their way out: whole, in the keys and files that an import reads again. See docs/import.md."""
