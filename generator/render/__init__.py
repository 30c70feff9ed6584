"""The catalogue in, output files out."""
