"""Scorecards: one judge, one entry, the submission that was fixed; saved field by field, sent once."""
