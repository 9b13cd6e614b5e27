"""What a store keeps of how its names say the same: aligned, followed, renewed, asked."""
