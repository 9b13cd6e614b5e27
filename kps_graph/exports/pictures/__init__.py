"""Pictures of standards, overlaps and maps, as SVG and as pages."""
