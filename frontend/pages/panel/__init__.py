"""The judges' pages: their tasks, and the panel on which they look at a prototype and score it."""
