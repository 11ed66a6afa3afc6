"""What travels: the audit file that every audit can be read from and written to."""
