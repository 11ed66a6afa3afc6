"""The library: one SQLite database that holds every audit, its history and its standard packs."""
