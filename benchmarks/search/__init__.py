"""How well and how fast a store is searched."""
