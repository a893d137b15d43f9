"""Groups and other activities of a project: their pages and forms, and the work with families that counts as one."""
