"""From a file on somebody's disk to a numbered, immutable submission."""
