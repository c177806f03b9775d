"""What the environment sets; the only reader of it."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

MAX_PORT = 65535
MAX_DAYS = 36500
SLACK_API = "https://slack.com/api/"
LOGS = ("plain", "json")
"""How the log can be written."""
_HERE = Path(__file__).parent


def _shipped(name: str) -> Path:
    """A folder that travels inside the wheel, or stands at the top of a checkout."""
    inside = _HERE / name
    return inside if inside.is_dir() else _HERE.parent / name


class SettingsError(Exception):
    """A setting that cannot be used; its text says what to set."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things are, and the secrets; secrets never show in logs or errors."""

    playbooks: Path
    shipped: Path
    templates: Path
    cache: Path
    encoder: Path | None = None
    database_url: str = field(default="sqlite://", repr=False)
    bot_token: str = field(default="", repr=False)
    signing_secret: str = field(default="", repr=False)
    app_token: str = field(default="", repr=False)
    duty_channel: str = ""
    slack_api: str = SLACK_API
    port: int = 3000
    keep_days: int = 365
    log: str = "plain"
    figures: Path | None = None

    @classmethod
    def from_env(cls, env: Mapping[str, str] = os.environ) -> "Settings":
        """Read the environment. Raises SettingsError with a sentence where a value cannot be used."""
        port = env.get("PORT", "3000")
        if not port.isascii() or not port.isdigit() or not 0 < int(port) <= MAX_PORT:
            raise SettingsError("Set PORT to a number from 1 to 65535, as PORT=3000.")
        days = env.get("CUECARD_KEEP_DAYS", "365")
        if not days.isascii() or not days.isdigit() or not 0 < int(days) <= MAX_DAYS:
            raise SettingsError("Set CUECARD_KEEP_DAYS to a number of days, as CUECARD_KEEP_DAYS=365.")
        log = env.get("CUECARD_LOG") or "plain"
        if log not in LOGS:
            raise SettingsError("Set CUECARD_LOG to plain or to json.")
        shipped = _shipped("playbooks")
        return cls(
            playbooks=Path(env["CUECARD_PLAYBOOKS"]) if env.get("CUECARD_PLAYBOOKS") else shipped,
            shipped=shipped,
            templates=_shipped("templates"),
            cache=Path(env.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "cuecard",
            encoder=Path(env["CUECARD_ENCODER"]) if env.get("CUECARD_ENCODER") else None,
            database_url=env.get("DATABASE_URL") or f"sqlite:///{_data_folder(env) / 'cuecard.db'}",
            bot_token=env.get("SLACK_BOT_TOKEN", ""),
            signing_secret=env.get("SLACK_SIGNING_SECRET", ""),
            app_token=env.get("SLACK_APP_TOKEN", ""),
            duty_channel=env.get("CUECARD_DUTY_CHANNEL", ""),
            slack_api=_slack_api(env.get("SLACK_API_URL") or SLACK_API),
            port=int(port),
            keep_days=int(days),
            log=log,
            figures=Path(env["PROMETHEUS_MULTIPROC_DIR"]) if env.get("PROMETHEUS_MULTIPROC_DIR") else None,
        )


def _slack_api(url: str) -> str:
    """The address of Slack's methods; the token goes there, so nowhere without TLS but on this machine."""
    if not url.startswith(("https://", "http://127.0.0.1:")):
        raise SettingsError("Set SLACK_API_URL to an address that starts with https://, or leave it out.")
    return url.rstrip("/") + "/"


def _data_folder(env: Mapping[str, str]) -> Path:
    home = Path(env.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return home / "cuecard"
