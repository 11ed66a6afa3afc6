"""When the program itself fails: told without anybody's data, logged, counted."""
