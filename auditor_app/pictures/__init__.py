"""Pictures read defensively: facts, thumbnails and copies for others; the files themselves are never written to."""
