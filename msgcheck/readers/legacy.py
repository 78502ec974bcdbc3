"""Old Office, OpenDocument and rich text files, through LibreOffice where it is installed.

LibreOffice converts the file to .docx or .pptx in an empty folder, with a profile of its own that forbids macros and
updates of links, without a network where the system lets an ordinary user take it away, and in bounded time.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from msgcheck.errors import Unreadable
from msgcheck.model import Document
from msgcheck.readers.options import MIB, ReadOptions
from msgcheck.readers.recognise import suffix_of

_SLIDES = frozenset({".ppt", ".odp"})
_MEND = (
    "install LibreOffice (on Debian: apt-get install libreoffice-writer libreoffice-impress), "
    "or save it as {as_} first."
)
_SHARE_OF_TIME = 0.9
_MEMORY = 4 * 1024 * MIB
_PLACES = ("/usr/bin/soffice", "/usr/lib/libreoffice/program/soffice", "/opt/libreoffice/program/soffice",
           "/Applications/LibreOffice.app/Contents/MacOS/soffice")
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetProxyType" oor:op="fuse"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyName" oor:op="fuse"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyPort" oor:op="fuse"><value>9</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyName" oor:op="fuse"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyPort" oor:op="fuse"><value>9</value></prop></item>
</oor:items>
"""  # noqa: E501 - lines as LibreOffice writes them


def read(data: bytes, name: str, options: ReadOptions) -> Document:
    """The file as LibreOffice converts it to .docx or .pptx; raises `Unreadable`, 'needs-libreoffice' without it."""
    suffix = suffix_of(name)
    target = "pptx" if suffix in _SLIDES else "docx"
    program = libreoffice() if options.libreoffice else None
    if program is None:
        mend = _MEND.format(as_="." + target)
        raise Unreadable("needs-libreoffice", f"Files that end in {suffix} are read through LibreOffice: {mend}")
    made = converted(program, data, suffix, target, options.max_seconds * _SHARE_OF_TIME)
    if target == "pptx":
        from msgcheck.readers.pptx import read as read_converted
    else:
        from msgcheck.readers.docx import read as read_converted
    document = read_converted(made, name, options)
    return replace(document, format="legacy", sha256=hashlib.sha256(data).hexdigest())


def libreoffice() -> str | None:
    """The path of LibreOffice's program, None where it is not installed."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((place for place in _PLACES if Path(place).is_file()), None)


def converted(program: str, data: bytes, suffix: str, target: str, seconds: float, how: str = "") -> bytes:
    """What LibreOffice makes of the file `data`: `target` is the suffix of the result, `how` the name and the options
    of LibreOffice's filter, '' for its own choice. Raises `Unreadable`.
    """
    with tempfile.TemporaryDirectory(prefix="msgcheck-") as folder:
        home = Path(folder)
        profile = home / "profile" / "user"
        profile.mkdir(parents=True)
        (profile / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
        source = home / f"document{suffix}"
        source.write_bytes(data)
        isolated = _isolated()
        command = [
            *isolated, program, f"-env:UserInstallation={(home / 'profile').as_uri()}", "--headless",
            "--norestore", "--nolockcheck", "--nodefault", "--nologo",
            "--convert-to", f"{target}:{how}" if how else target, "--outdir", str(home / "out"), str(source),
        ]
        _run(command, home, seconds, bool(isolated))
        result = home / "out" / f"document.{target}"
        if not result.is_file() or not result.stat().st_size:
            text = "LibreOffice could not open the file: it is damaged, or protected by a password."
            raise Unreadable("damaged", text)
        return result.read_bytes()


def _run(command: list[str], home: Path, seconds: float, alone: bool) -> None:
    """Runs LibreOffice so that nothing of it is left when this returns.

    `alone` says that it runs in a process namespace, which ends with its first process: then it stays in this process's
    group, and ends with that too. Elsewhere it gets a group of its own.
    """
    environment = {key: value for key, value in os.environ.items() if not key.lower().endswith("_proxy")}
    environment.update(HOME=str(home), TMPDIR=str(home), SAL_USE_VCLPLUGIN="svp")
    with _its_own_memory_bound():
        process = subprocess.Popen(
            command, cwd=home, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, start_new_session=not alone,
        )
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired as error:
        raise Unreadable("timeout", f"LibreOffice did not convert the file within {seconds:.0f} s.") from error
    finally:
        if not alone and hasattr(os, "killpg"):
            with contextlib.suppress(ProcessLookupError, PermissionError):     # the group is gone, as it should be
                os.killpg(process.pid, signal.SIGKILL)
        process.kill()
        process.wait()


@contextlib.contextmanager
def _its_own_memory_bound() -> Iterator[None]:
    """A reading process may take little memory; what is started within this may take as much as LibreOffice needs."""
    try:
        import resource
    except ImportError:                      # Windows
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY if hard < 0 else min(_MEMORY, hard), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


@lru_cache(maxsize=1)
def _isolated() -> tuple[str, ...]:
    """What has to stand before a command to run it without a network and so that it ends with its first process; ()
    where this system has no way to, or lets only its administrator.
    """
    unshare = shutil.which("unshare")
    if unshare is None:
        return ()
    words = (unshare, "--map-current-user", "--net", "--pid", "--fork", "--kill-child", "--")
    try:
        done = subprocess.run([*words, "true"], capture_output=True, timeout=5, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ()
    return words if done.returncode == 0 else ()
