"""The pages."""

from frontend.pages.routes import router

__all__ = ["router"]
