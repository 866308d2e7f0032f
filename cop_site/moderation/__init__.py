"""Reports, the moderators' queue, decisions and appeals. The app that owns a row carries out what is decided about it."""
