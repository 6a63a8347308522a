"""Judges of an event: the organizers' list, the invitation, and what a judge says of conflicts."""
