"""What can be wrong with an image that came as a file."""

from sandbox.errors import SandboxError


class ImageBroken(SandboxError):
    """The file is not the image that it should be. Nothing of it stays on the engine under the image's name."""
