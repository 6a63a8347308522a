"""Events: their rules, schedule, venues, tracks, seeds."""
