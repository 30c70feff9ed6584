"""Records, their rules, and the catalogue they make."""
