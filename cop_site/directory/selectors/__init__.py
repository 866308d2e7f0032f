"""What pages of the directory show."""
