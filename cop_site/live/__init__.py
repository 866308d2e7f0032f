"""Sockets and the room hub: they carry what was written, they never write."""
