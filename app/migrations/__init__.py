"""Tools of whoever writes migrations: drafts from the models, a check of each script. Serving processes need none of it."""
