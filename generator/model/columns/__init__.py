"""Activities as columns of whole numbers. The modules of this folder are the only door to numpy."""
