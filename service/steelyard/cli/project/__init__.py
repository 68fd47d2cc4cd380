"""The file in which a project keeps its requirements, and the decision that was recorded in it."""
