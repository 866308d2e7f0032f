"""The personal-data guard: finds in a text what could put a person in danger."""
