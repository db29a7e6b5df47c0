"""Where one installation keeps what it owns, and as whom its servers run."""

import hashlib
import os
import pwd
import secrets
import shutil
import stat
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
OUTSIDE = Path("/var/lib/xianfeng")


class HomeError(RuntimeError):
    """The folder cannot be used; the message says why and what helps."""


@dataclass(frozen=True)
class Home:
    """The folder of an installation: data of its servers, secret key, uploads, logs.

    ``servers`` is where PostgreSQL and Valkey have their files: inside the home, except for root with a home
    that others cannot enter (PostgreSQL refuses to run as root). ``run_as`` is the account they run under.
    ``sockets`` is short, because the path of a socket may have 107 bytes; only ``run_as`` and root can enter.
    """

    path: Path
    servers: Path
    sockets: Path
    run_as: tuple[int, int] | None

    @property
    def logs(self) -> Path:
        return self.path / "logs"

    def make_room(self) -> None:
        """Make the folders of the servers. Raises ``HomeError`` when somebody else has taken the sockets' one."""
        self.servers.mkdir(mode=0o755, parents=True, exist_ok=True)
        if self.servers.parent != self.path:  # for the person who finds it
            (self.servers / "belongs-to").write_text(f"{self.path}\n")
        self.sockets.mkdir(mode=0o700, exist_ok=True)
        if self.run_as and self.sockets.stat().st_uid == 0:
            os.chown(self.sockets, *self.run_as)
        found = self.sockets.lstat()
        owner = self.run_as[0] if self.run_as else os.geteuid()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner or found.st_mode & 0o077:
            raise HomeError(f"{self.sockets} is not ours or is open to others. Remove it and start again.")

    def own(self, path: Path) -> None:
        """Make the folder ``path``, and give it to the account of the servers alone."""
        path.mkdir(parents=True, exist_ok=True)
        if self.run_as:
            os.chown(path, *self.run_as)
        path.chmod(0o700)

    def remove(self) -> None:
        """Delete everything. Only for homes that a test has made."""
        for path in (self.path, self.servers, self.sockets):
            shutil.rmtree(path, ignore_errors=True)


def open_home(path: Path | str | None = None) -> Home:
    """The home at ``path`` (else ``XIANFENG_HOME``, else ``.xianfeng`` in the checkout), made if need be."""
    folder = Path(path or os.environ.get("XIANFENG_HOME") or CHECKOUT / ".xianfeng").resolve()
    try:
        folder.mkdir(mode=0o755, parents=True, exist_ok=True)
        (folder / "logs").mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise HomeError(
            f"{folder} cannot be made ({error.strerror}). Set XIANFENG_HOME to a folder of yours."
        ) from error
    if not os.access(folder, os.W_OK | os.X_OK) or folder.stat().st_uid != os.geteuid():
        raise HomeError(
            f"{folder} belongs to another account. Use that account, or set XIANFENG_HOME to a folder of yours."
        )
    run_as = _unprivileged() if os.geteuid() == 0 else None
    name = identity(folder)
    return Home(folder, _servers(folder, name, run_as), Path("/tmp") / f"xianfeng-{name}", run_as)


def secret_key(home: Home) -> str:
    """The key of this home, made at its first use and kept in a file that only its owner can read."""
    return _kept(home.path / "secret-key", lambda: secrets.token_urlsafe(60))


def _kept(file: Path, make: Callable[[], str]) -> str:
    """The text in ``file``; the first of several programs that come at once writes it."""
    if not file.exists():
        aside = file.with_name(f"{file.name}.{os.getpid()}")
        aside.touch(mode=0o600)
        aside.write_text(make())
        with suppress(FileExistsError):
            os.link(aside, file)
        aside.unlink()
    return file.read_text().strip()


def identity(folder: Path) -> str:
    """Differs for every home, also for a new one in the place of a deleted one and for a copy elsewhere."""
    text = f"{folder} {_kept(folder / 'identity', lambda: secrets.token_hex(16))}"
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _unprivileged() -> tuple[int, int]:
    try:
        entry = pwd.getpwnam("nobody")
    except KeyError as error:
        raise HomeError("PostgreSQL cannot run as root, and there is no account 'nobody' to run it as.") from error
    return entry.pw_uid, entry.pw_gid


def _enterable(path: Path) -> bool:
    """Whether everybody may pass through every folder down to ``path``."""
    return all(folder.stat().st_mode & stat.S_IXOTH for folder in (path, *path.parents))


def _servers(folder: Path, name: str, run_as: tuple[int, int] | None) -> Path:
    if run_as and not _enterable(folder):
        return OUTSIDE / name
    return folder / "servers"
