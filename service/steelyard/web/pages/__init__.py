"""The pages: questions and answer, and what a ruleset knows. Made on the server; a script makes them quicker."""
