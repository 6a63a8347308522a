"""The console's pages of codes that organizers print."""
