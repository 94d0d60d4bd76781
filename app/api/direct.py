"""A route class for the request that comes most often: the body goes from its bytes straight into its shape.

FastAPI reads a body with one JSON parser, validates the result with another library call, and solves every
parameter as a dependency of its own. Measured, that is half of what saving a day costs. Here pydantic parses and
validates in one go, and the rest is three look-ups. The signature stays what it is, so the OpenAPI document,
the access matrix and the error answers see an ordinary route.
"""

import inspect
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, get_args, get_type_hints

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.params import Depends
from fastapi.routing import APIRoute
from pydantic import BaseModel, TypeAdapter, ValidationError
from starlette.types import Receive, Scope, Send

Handler = Callable[[Request], Coroutine[Any, Any, Response]]
Ask = Callable[[Request], Awaitable[Any]]


class DirectRoute(APIRoute):
    """For an `async` endpoint that takes dependencies of the request alone, its path, and one JSON body.

    Raises `TypeError` while the app is assembled for any other signature.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        handle = self.get_route_handler()

        async def app(scope: Scope, receive: Receive, send: Send) -> None:
            """Without the two exit stacks, for which a direct route has nothing. What it raises is answered by
            Starlette's `ExceptionMiddleware`, which stands around all routes."""
            response = await handle(Request(scope, receive, send))
            await response(scope, receive, send)

        self.app = app

    def get_route_handler(self) -> Handler:
        endpoint: Callable[..., Awaitable[Response]] = self.endpoint
        asked, path, shapes = self._parameters()
        if not inspect.iscoroutinefunction(endpoint) or len(shapes) != 1:
            raise TypeError(f"{self.path} cannot be a direct route")
        [(body_name, shape)] = shapes.items()

        async def handle(request: Request) -> Response:
            values: dict[str, Any] = {name: await ask(request) for name, ask in asked.items()}
            for name, adapter in path.items():
                try:
                    values[name] = adapter.validate_python(request.path_params[name])
                except ValidationError as error:
                    raise _refused(error, "path", name) from None
            try:
                values[body_name] = shape.model_validate_json(await request.body())
            except ValidationError as error:
                raise _refused(error, "body") from None
            return await endpoint(**values)

        return handle

    def _parameters(self) -> tuple[dict[str, Ask], dict[str, TypeAdapter[Any]], dict[str, type[BaseModel]]]:
        """What the endpoint takes, by name: dependencies, parts of the path, bodies."""
        asked: dict[str, Ask] = {}
        path: dict[str, TypeAdapter[Any]] = {}
        shapes: dict[str, type[BaseModel]] = {}
        hints = get_type_hints(self.endpoint, include_extras=True)
        for name in inspect.signature(self.endpoint).parameters:
            hint = hints[name]
            depends = [each for each in get_args(hint)[1:] if isinstance(each, Depends)]
            if depends and depends[0].dependency is not None:
                asked[name] = depends[0].dependency
            elif name in self.param_convertors:
                path[name] = TypeAdapter(hint)
            elif isinstance(hint, type) and issubclass(hint, BaseModel):
                shapes[name] = hint
            else:
                raise TypeError(f"{self.path} cannot be a direct route: {name} is no dependency, path or body")
        return asked, path, shapes


def _refused(error: ValidationError, *where: str) -> RequestValidationError:
    """As FastAPI itself would raise it, without what was sent."""
    found = error.errors(include_url=False, include_context=False, include_input=False)
    return RequestValidationError([{**item, "loc": (*where, *item["loc"])} for item in found])
