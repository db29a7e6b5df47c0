"""What this room proves."""
