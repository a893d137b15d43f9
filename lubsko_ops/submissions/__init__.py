"""Form keys, submissions, drafts and edit conflicts: a form is saved once, and what was typed is kept."""
