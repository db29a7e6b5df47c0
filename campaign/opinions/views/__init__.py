"""Pages of opinions: public ones, entry, sorting, items, the report, short links."""
