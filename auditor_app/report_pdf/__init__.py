"""A PDF of the report, painted by Qt from the cells of the finished workbook."""
