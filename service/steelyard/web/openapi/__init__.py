"""The service described for machines and people: the schemas of its answers, the OpenAPI document, and a page of it."""
