"""Teams, their members, their entries in tracks."""
