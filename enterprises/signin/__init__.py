"""Signing in, the acting post and the own account."""
