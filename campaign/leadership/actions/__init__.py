"""Writing what stands in this room: every function is an action (``enterprises/action.py``)."""
