"""Gatherings: events, their rooms, and the log of what is said in each."""
