"""Sources as teams hand them in: zip, tar.gz, or a plain folder; checked without unpacking on the host."""

from sandbox.archive.model import Entry, Kind
from sandbox.archive.rules import Rule
from sandbox.archive.sniff import Format
from sandbox.archive.source import Archive, open_archive

__all__ = ["Archive", "Entry", "Format", "Kind", "Rule", "open_archive"]
