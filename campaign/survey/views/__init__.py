"""Pages of surveys: the public ballot, the organizer's pages, the result."""
