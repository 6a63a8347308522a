"""A person's team in an event."""
