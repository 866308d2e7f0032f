"""What editors publish with Wagtail."""
