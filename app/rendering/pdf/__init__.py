"""PDF by typst: a template of ours and a value in, bytes out."""

from app.rendering.pdf.drawing import draw

__all__ = ["draw"]
