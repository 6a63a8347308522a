"""The judges' panel in a real browser."""
