"""A fortnight as FHIR R4 (4.0.1): one Bundle of type collection (docs/taking-along.md has the mapping)."""

from app.rendering.fhir.bundle import bundle, document

__all__ = ["bundle", "document"]
