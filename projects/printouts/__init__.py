"""Papers for use: the notice of the recruitment, forms to sign, the list of participants. None is an issued paper."""
