"""People, organisations and circles: who is who, and who may see what."""
