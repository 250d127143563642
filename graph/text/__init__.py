"""Language without a parser: quantities, periods and names in text."""
