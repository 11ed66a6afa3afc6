"""A report that proves itself: what its cells say is kept as fingerprints in it, and may be signed."""
