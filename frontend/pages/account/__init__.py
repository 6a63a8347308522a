"""Signing in, registering, one's own data."""
