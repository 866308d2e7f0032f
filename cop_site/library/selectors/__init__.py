"""What is read of the library, by who reads it."""
