"""Whether papers still hold: what administrators decide on it, and what everybody may ask of it."""
