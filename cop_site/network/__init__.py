"""Where content apps meet: what grew out of what."""
