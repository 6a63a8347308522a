"""Every face the system shows: pages, JSON API, live streams, command line."""
