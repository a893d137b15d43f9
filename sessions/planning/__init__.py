"""Planning of meetings: the sentences of a group, what they come to, and what a change does to its meetings."""
