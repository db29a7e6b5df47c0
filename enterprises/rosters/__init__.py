"""Rosters as people have them: read, map, validate, preview, apply, export (design section 7)."""
