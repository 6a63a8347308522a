"""Links into a team."""
