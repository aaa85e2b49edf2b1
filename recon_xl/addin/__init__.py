"""The ribbon add-in: built from the registries of commands and functions, installed for one user, and what it calls."""
