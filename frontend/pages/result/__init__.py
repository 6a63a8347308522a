"""What became of a submission."""
