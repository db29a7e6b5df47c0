"""Forms of WHO. What was typed is kept; what is wrong is said beside the field."""
