"""Every page in every role and state. A package, so that its site is closed when the last of its tests ran."""
