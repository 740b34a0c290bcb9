"""Built pages, read once: what each has, and where an address of the site leads."""
