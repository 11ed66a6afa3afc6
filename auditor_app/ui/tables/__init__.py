"""Qt item models and their delegates."""
