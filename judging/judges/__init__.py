"""Judges of an event: invited, expert in something, of an agency, with conflicts of interest."""
