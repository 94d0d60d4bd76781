"""Guards in front of every route, outermost first. `install` is the only door."""

from fastapi import FastAPI

from app.core.config import Settings


def install(app: FastAPI, settings: Settings) -> None:
    """Wrap the app."""
