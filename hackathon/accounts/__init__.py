"""People and programs that act: accounts, roles, API tokens."""
