"""Good practices: shared, reviewed, found."""
