"""Judging panels whose truth is known: a simulator with fixed seeds, reference methods, and a report."""
