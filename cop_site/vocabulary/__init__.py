"""Terms, regions and official channels."""
