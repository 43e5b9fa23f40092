"""databook: a repository of YAML and small data packages, made into a public data book."""


def __getattr__(name: str) -> str:
    """`__version__`, looked up only when somebody asks: that takes longer than all else here."""
    if name != "__version__":
        raise AttributeError(name)
    from importlib.metadata import version

    return version("databook")
