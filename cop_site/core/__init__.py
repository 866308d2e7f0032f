"""Plain tools that know no word of the domain."""
