"""Who may see and do what: roles, what a post reaches, and the filters that follow from it."""
