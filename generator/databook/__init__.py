"""databook: a repository of YAML and small data packages, made into a public data book."""

from importlib.metadata import version

__version__ = version("databook")
