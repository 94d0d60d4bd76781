"""Prints the server's OpenAPI document, for `npm run api:types`. Needs the project's Python environment."""

import json
import sys

from app import api
from fastapi import FastAPI

described = FastAPI(title="Fortnight", version="0.1.0")
api.install(described)
json.dump(described.openapi(), sys.stdout)
