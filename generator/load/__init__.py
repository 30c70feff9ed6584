"""Files in, sources with line numbers out."""
