"""The writes of WHO: organisations, posts, members, units and accounts."""
