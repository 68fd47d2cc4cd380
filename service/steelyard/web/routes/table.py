"""Every route of the service."""

from steelyard.web.reading import HTML, JSON, MARKDOWN, SVG
from steelyard.web.routes import (
    batch,
    description,
    embedding,
    formats,
    operations,
    pages,
    recommendations,
    rulebook,
    rulesets,
    stacks,
)
from steelyard.web.routes.route import Route

ROUTES = (
    Route(path="/v1/recommendations", method="POST", view=recommendations.recommend, forms=(JSON, MARKDOWN, SVG)),
    Route(path="/v1/recommendations", view=recommendations.recommend_by_query, forms=(JSON, MARKDOWN, SVG)),
    Route(path="/v1/recommendations/batch", method="POST", view=batch.recommend_batch, forms=batch.FORMS),
    Route(path="/v1/recommendations/<string(length=32):id>", view=recommendations.recall),
    Route(path="/v1/rulesets", view=rulesets.list_rulesets),
    Route(path="/v1/rulesets/<id>", view=rulesets.describe_ruleset),
    Route(path="/v1/rulesets/<id>/rules", view=rulesets.tell_rules),
    Route(path="/v1/rulesets/<id>/schema", view=description.tell_ruleset_schema),
    Route(path="/v1/rulesets/<id>/format", view=formats.tell_ruleset_format),
    Route(path="/v1/ruleset-format", view=formats.tell_format, is_open=True),
    Route(path="/v1/stacks", view=stacks.list_stacks),
    Route(path="/v1/stacks/<id>", view=stacks.describe_stack),
    Route(path="/v1/stacks/<id>/schema", view=description.tell_stack_schema),
    Route(path="/healthz", view=operations.tell_alive, forms=(), is_open=True),
    Route(path="/readyz", view=operations.tell_ready, forms=(), is_open=True),
    Route(path="/metrics", view=operations.tell_metrics, forms=()),
    Route(path="/openapi.json", view=description.tell_openapi),
    Route(path="/docs", view=description.show_docs, forms=(HTML,)),
    Route(path="/", view=pages.show_page, forms=(HTML,), is_page=True),
    Route(path="/rulesets/<id>", view=rulebook.show_rulebook, forms=(HTML,), is_page=True),
    Route(path="/downloads/<name>", view=pages.download, forms=(), is_page=True),
    Route(path="/assets/<version>/<name>", view=pages.send_asset, forms=(), is_open=True, is_page=True),
    Route(path="/embedded", view=embedding.show_embedded, forms=(HTML,), is_page=True),
    Route(path="/embed.js", view=embedding.send_embed_script, forms=(), is_open=True, is_page=True),
)
"""In the order in which they are told."""
