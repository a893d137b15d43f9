"""The family and the work with it: people, assignments, visits, plans. One room per noun."""
