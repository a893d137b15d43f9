"""Group meetings (spotkania). The package is called sessions, everything else says meetings."""
