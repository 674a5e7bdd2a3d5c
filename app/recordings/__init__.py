"""Activity files become recordings: FIT, TCX and GPX, packed or not, alone or in an archive."""
