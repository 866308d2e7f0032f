"""What happens to the bytes of an upload, in a process of its own: no Django, no database, little memory, little time."""
