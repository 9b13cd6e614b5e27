"""What one standard says, as values and without a store: trace, outline, courses."""
