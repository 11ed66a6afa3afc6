"""Forms of certification bodies: what they ask for, and a copy filled in from an audit."""
