"""The directory: what an organisation tells the world, how fresh that is, and where nobody works."""
