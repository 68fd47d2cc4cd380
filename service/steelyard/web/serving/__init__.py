"""Running the service: a server with worker processes, its log, and its end."""
