"""From a file to typed rows and findings. Returns what it found; writing it to the warehouse is done in `warehouse/`."""
