"""Who may ask, how often, and from which pages.

Nothing is imported here: what is loaded from files has to do with the keys alone.
"""
