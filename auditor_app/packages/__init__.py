"""What is packed for others: the evidence bundle, the sealed package, passwords; hostile packages are read here."""
