"""Groups and activities of an edition."""
