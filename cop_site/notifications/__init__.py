"""Who is told of what, and when a mail says so."""
