"""Money of a project: what was planned, spent and is left by position and source, and its invoices."""
