"""Nothing lost, nothing doubled: form keys, submissions, drafts, conflicts."""
