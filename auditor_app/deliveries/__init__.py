"""What leaves the laptop beside report and audit file, and what comes back: put together for window and commands."""
