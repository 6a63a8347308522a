"""A submission's own pages: where it is, what it printed, what came of it, and which version counts."""
