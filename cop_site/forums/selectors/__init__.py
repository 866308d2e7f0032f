"""Reads of the forums."""
