"""The organizers' console."""
