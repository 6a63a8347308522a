"""Changes of the schema, in order. How to add one: see `hackathon.store`."""
