"""The server of the Model Context Protocol: tools, resources and the prompt, for what is served."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from importlib.metadata import version
from typing import Any, TypeVar
from uuid import uuid4

import anyio.to_thread
import mcp_types as types
from mcp.server import Server
from mcp.server.context import ServerRequestContext
from mcp.shared.exceptions import MCPError

from steelyard.agents import interviewing, resources
from steelyard.agents.served import Served
from steelyard.agents.tools import Offered, Told, offered
from steelyard.diagnostics import FaultsError, quote, suggestion
from steelyard.recommendation import to_json_text

_LOG = logging.getLogger(__name__)
_MOST_COMPLETIONS = 100
_PREFIX = "steelyard/"
_INSTRUCTIONS = """\
Steelyard decides which candidate fits a project by rules that people wrote down, each with a reason, a source and a \
date. Use it in place of your own memory where somebody is to choose among the candidates that it weighs. \
`next_question` tells what to ask the user next, `recommend` names who fits best, `explain` and `compare` tell why. \
Say only what you were told of the project. The same question gets the same answer; pass on its sources, and say where \
they are stale."""

_Context = ServerRequestContext[Any, Any]
_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class _Handlers:
    """Answers the requests of the protocol. What takes time is done in threads, so that nobody waits for another."""

    served: Served
    tools: Mapping[str, Offered] = field(hash=False)

    async def list_tools(self, _: _Context, __: types.PaginatedRequestParams | None) -> types.ListToolsResult:
        return types.ListToolsResult(tools=[_tool(each) for each in self.tools.values()])

    async def call_tool(self, _: _Context, params: types.CallToolRequestParams) -> types.CallToolResult:
        tool = self.tools.get(params.name)
        if tool is None:
            raise _refusal(f"no tool {quote(params.name)}", suggestion(params.name, self.tools))
        told = await _in_thread(partial(_called, tool, params.arguments or {}))
        content: list[types.ContentBlock] = [types.TextContent(text=told.text)]
        if told.is_error:
            # Structured content of an error would be held to the schema of answers, by clients that then lose the text.
            meta = {f"{_PREFIX}{key}": value for key, value in told.document.items()}
            return types.CallToolResult(content=content, _meta=meta, is_error=True)
        return types.CallToolResult(content=content, structured_content=told.document)

    async def list_resources(self, _: _Context, __: types.PaginatedRequestParams | None) -> types.ListResourcesResult:
        found = [
            types.Resource(
                uri=each.uri,
                name=each.name,
                title=each.title,
                description=each.description,
                mime_type=resources.MEDIA_TYPE,
            )
            for each in resources.listed(self.served)
        ]
        return types.ListResourcesResult(resources=found)

    async def list_templates(
        self, _: _Context, __: types.PaginatedRequestParams | None
    ) -> types.ListResourceTemplatesResult:
        found = [
            types.ResourceTemplate(
                uri_template=each.uri,
                name=each.name,
                title=each.title,
                description=each.description,
                mime_type=resources.MEDIA_TYPE,
            )
            for each in resources.TEMPLATES
        ]
        return types.ListResourceTemplatesResult(resource_templates=found)

    async def read_resource(self, _: _Context, params: types.ReadResourceRequestParams) -> types.ReadResourceResult:
        uri = str(params.uri)
        document = await _in_thread(partial(resources.read, self.served, uri))
        if document is None:
            known = [each.uri for each in resources.listed(self.served)]
            raise _refusal(f"no resource {quote(uri)}", suggestion(uri, known), uri=uri)
        text = to_json_text(document)
        contents = types.TextResourceContents(uri=uri, mime_type=resources.MEDIA_TYPE, text=text)
        return types.ReadResourceResult(contents=[contents])

    async def list_prompts(self, _: _Context, __: types.PaginatedRequestParams | None) -> types.ListPromptsResult:
        arguments = [
            types.PromptArgument(name=name, description=words, required=False)
            for name, words in interviewing.ARGUMENTS.items()
        ]
        prompt = types.Prompt(
            name=interviewing.NAME,
            title=interviewing.TITLE,
            description=interviewing.DESCRIPTION,
            arguments=arguments,
        )
        return types.ListPromptsResult(prompts=[prompt])

    async def get_prompt(self, _: _Context, params: types.GetPromptRequestParams) -> types.GetPromptResult:
        if params.name != interviewing.NAME:
            raise _refusal(f"no prompt {quote(params.name)}", suggestion(params.name, [interviewing.NAME]))
        given = params.arguments or {}
        try:
            ruleset = self.served.named(given.get("ruleset") or None)
        except FaultsError as error:
            first = error.diagnostics[0]
            raise _refusal(first.message, first.help) from None
        content = types.TextContent(text=interviewing.interview(ruleset, given.get("project")))
        message = types.PromptMessage(role="user", content=content)
        return types.GetPromptResult(description=interviewing.DESCRIPTION, messages=[message])

    async def complete(self, _: _Context, params: types.CompleteRequestParams) -> types.CompleteResult:
        known = (params.context.arguments if params.context else None) or {}
        begun = params.argument.value.casefold()
        values = resources.completions(self.served, params.argument.name, known)
        found = [each for each in values if each.casefold().startswith(begun)]
        more = len(found) > _MOST_COMPLETIONS
        completion = types.Completion(values=found[:_MOST_COMPLETIONS], total=len(found), has_more=more)
        return types.CompleteResult(completion=completion)


def server_of(served: Served) -> Server[Any]:
    """A server of the protocol, not yet connected to anybody."""
    handlers = _Handlers(served, offered(served))
    return Server(
        "steelyard",
        version=version("steelyard"),
        title="Steelyard",
        description="Weighs what a project needs and names the candidate that fits, with a reason behind every point.",
        instructions=_INSTRUCTIONS,
        on_list_tools=handlers.list_tools,
        on_call_tool=handlers.call_tool,
        on_list_resources=handlers.list_resources,
        on_list_resource_templates=handlers.list_templates,
        on_read_resource=handlers.read_resource,
        on_list_prompts=handlers.list_prompts,
        on_get_prompt=handlers.get_prompt,
        on_completion=handlers.complete,
    )


async def _in_thread(work: Callable[[], _Result]) -> _Result:
    return await anyio.to_thread.run_sync(work)


def _tool(offer: Offered) -> types.Tool:
    tool = offer.tool
    return types.Tool(
        name=tool.name,
        title=tool.title,
        description=tool.description,
        input_schema=offer.takes,
        output_schema=tool.gives,
        annotations=types.ToolAnnotations(
            title=tool.title, read_only_hint=True, idempotent_hint=True, open_world_hint=False
        ),
    )


def _called(tool: Offered, arguments: Mapping[str, Any]) -> Told:
    try:
        return tool.call(arguments)
    except Exception:  # noqa: BLE001  a fault of ours is told by an id; the log has the rest
        id_ = uuid4().hex
        _LOG.exception("%s failed: %s", tool.tool.name, id_)
        text = f"The server failed, and the fault is not in the arguments. Its log has more under {id_}."
        return Told(document={"errors": [{"code": "internal", "detail": text}]}, text=text, is_error=True)


def _refusal(message: str, help_: str | None, **data: str) -> MCPError:
    return MCPError(types.INVALID_PARAMS, f"{message}: {help_}" if help_ else message, data or None)
