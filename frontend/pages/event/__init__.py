"""An event, its tracks, its news; the front page."""
