"""Pages of WHO. Every object is found through ``visible_to``: outsiders get 404, who may not change gets 403."""
