"""The Python face of a store: open it and ask."""
