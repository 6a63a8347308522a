"""How an event is judged: the method, the share of judges, what they see. One value, locked by the first score."""
