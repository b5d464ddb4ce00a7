"""From a file to typed rows and findings. Returns what it found; writing it down is done in `warehouse/`."""
