"""A check on a real scheduler with two workers on loopback: the report of a local run to the byte, whatever happens."""

import io
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from msgcheck.cli.main import main
from msgcheck.cluster import Cluster, cluster
from msgcheck.errors import MsgcheckError, UsageError
from msgcheck.model import Report
from msgcheck.pipeline import Request, check
from msgcheck.reporters.json import write

distributed = pytest.importorskip("distributed", reason="Dask (the extra `cluster`) is not installed")

GUIDE = """\
msgcheck: 1
company: {name: Tern Ferries, never: [Tern Ferrys]}
messages:
  - {id: fast, statement: "The crossing takes under two hours."}
collateral:
  - {match: "old/**", skip: true}
"""
TEXTS = {
    "a.md": "# Timetable\n\nThe crossing takes under three hours. We carry 40 cars on each crossing.\n",
    "b.txt": "Tern Ferrys was founded by two pilots. We carry 50 cars on each crossing.\n",
    "c.md": "The crossing takes under two hours. Come aboard!\n",
    "d.html": "<p>The crossing takes under four hours.</p>",
    "e.pdf": "This is no PDF.\n",
    "empty.txt": "",
    "old/f.txt": "The crossing takes all day.\n",
    "sea #1 100%.md": "Tern Ferrys sails at night.\n",
}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A scheduler that gives a task up at the first worker that dies of it, and two workers of one thread each."""
    with started(tmp_path_factory.mktemp("cluster"), 2) as found:
        yield found


@contextmanager
def started(folder: Path, workers: int, more: str = "") -> Iterator[str]:
    """The address of a cluster that runs in processes of its own; `more` are arguments of `LocalCluster`."""
    environment = {
        "MSGCHECK_CACHE_DIR": str(folder / "kept"), "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0",
        "DASK_TEMPORARY_DIRECTORY": str(folder),
    }
    code = (
        "from distributed import LocalCluster, Security\n"
        "if __name__ == '__main__':\n"
        "    with LocalCluster(\n"
        f"        n_workers={workers}, threads_per_worker=1, host='127.0.0.1', dashboard_address=None, {more}\n"
        "    ) as made:\n"
        "        print(made.scheduler_address, flush=True)\n"
        "        input()\n"
    )
    script = folder / "start.py"
    script.write_text(code)
    process = subprocess.Popen(
        [sys.executable, str(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        text=True, env={**os.environ, **environment, "PYTHONPATH": str(Path(__file__).parents[1])},
    )
    assert process.stdin is not None and process.stdout is not None
    yield process.stdout.readline().strip()
    process.stdin.close()
    try:
        process.wait(30)
    finally:
        process.kill()


@pytest.fixture
def collateral(tmp_path: Path) -> Path:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "guide.yaml").write_text(GUIDE)
    for name, text in TEXTS.items():
        path = tmp_path / "collateral" / name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(text)
    return tmp_path


def request(folder: Path, **changes: Any) -> Request:
    import datetime

    from msgcheck.settings import Settings

    settings = Settings(folder / "rules", folder / "collateral", jobs=1, cache_dir=folder / "kept")
    made = Request((folder / "collateral",), settings, datetime.date(2026, 11, 21), cached=False)
    return replace(made, **changes)


def text_of(report: Report) -> str:
    stream = io.StringIO()
    write(report, stream)
    return stream.getvalue()


def test_the_report_of_a_cluster_is_that_of_one_machine(collateral: Path, address: str) -> None:
    local = check(request(collateral))
    assert {"message-drift", "brand-name", "conflicting-claims"} <= {one.rule for one in local.findings}
    there = request(collateral, cluster=cluster(address))
    warnings: list[str] = []
    assert text_of(check(there, warn=warnings.append)) == text_of(local)
    # with the caches of this machine and of the workers: the second run asks no worker
    cached = replace(there, cached=True)
    assert text_of(check(cached, warn=warnings.append)) == text_of(local)
    nobody = replace(cached, cluster=Cluster("tcp://127.0.0.1:9"))
    assert text_of(check(nobody)) == text_of(local)
    assert not warnings
    # through URLs; the workers have kept what they found
    home = collateral.as_uri()
    away = replace(
        there, paths=(), urls=(f"{home}/collateral",), root_url=f"{home}/collateral",
        guide_url=f"{home}/rules", cached=True,
    )
    assert text_of(check(away)) == text_of(local)
    with_text = replace(there, keep_text=True)
    assert check(with_text) == check(replace(request(collateral), keep_text=True))


def test_a_worker_that_is_killed_in_mid_run_changes_nothing(collateral: Path, address: str) -> None:
    for number in range(8):
        (collateral / "collateral" / f"more{number}.md").write_text(f"The crossing takes under {number + 3} hours.\n")
    local = text_of(check(request(collateral)))
    with distributed.Client(address, set_as_default=False) as client:
        killed: list[int] = []

        def step(done: int, total: int, name: str) -> None:
            if done == 2 and not killed:
                workers = client.run(os.getpid)
                busy = [worker for worker, tasks in client.processing().items() if tasks]
                killed.append(workers[busy[0]])
                os.kill(killed[0], signal.SIGKILL)

        report = check(request(collateral, cluster=cluster(address)), step)
        assert killed and killed[0] not in client.run(os.getpid).values()
    assert text_of(report) == local


def test_a_document_that_ends_every_worker_ends_the_run_with_its_name(
    collateral: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from msgcheck import cluster as module

    def dies(plan: bytes, task: object) -> None:
        import os

        os._exit(1)

    monkeypatch.setattr(module, "checked", dies)
    monkeypatch.setattr(module, "_TRIES", 2)
    only = request(collateral, cluster=cluster(address), paths=(collateral / "collateral" / "c.md",))
    with pytest.raises(MsgcheckError) as caught:
        check(only)
    assert caught.value.where == "c.md"


def _not_there(plan: bytes, task: object) -> None:
    """Nothing of this module can be imported on a worker."""


def test_a_cluster_without_msgcheck_is_told_so(
    collateral: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from msgcheck import cluster as module

    monkeypatch.setattr(module, "checked", _not_there)
    with pytest.raises(MsgcheckError) as caught:
        check(request(collateral, cluster=cluster(address)))
    assert caught.value.what == f"The cluster has no Python module '{__name__}'."


def test_another_msgcheck_on_the_workers_is_refused(
    collateral: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from msgcheck import revision

    monkeypatch.setattr(revision, "code", lambda: "another")
    with pytest.raises(UsageError, match="another version of msgcheck"):
        check(request(collateral, cluster=cluster(address)))


def test_a_run_from_the_command_line(
    collateral: Path, address: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MSGCHECK_CACHE_DIR", str(collateral / "kept"))
    monkeypatch.chdir(collateral)
    common = ["--as-of", "2026-11-21", "--format", "json", "--no-cache"]
    assert main(["check", "collateral", "--root", "collateral", *common]) == 2       # e.pdf cannot be read
    local = capsys.readouterr().out
    home = collateral.as_uri()
    urls = ["check", f"{home}/collateral", "--guide", f"{home}/rules", "--root", f"{home}/collateral"]
    assert main([*urls, *common, "--scheduler", address]) == 2
    assert capsys.readouterr().out == local
    assert main([*urls, *common]) == 2
    assert "--scheduler" in capsys.readouterr().err
    (collateral / "rules" / "guide.yaml").write_text(GUIDE + "colour: red\n")
    assert main([*urls, *common, "--scheduler", address]) == 2
    told = capsys.readouterr().err
    assert f"{home}/rules/guide.yaml:7:1" in told and "msgcheck-guide-" not in told


@pytest.mark.parametrize(
    ("address", "expected"),
    [("127.0.0.1:8786", "tcp://127.0.0.1:8786"), ("tls://dask.example:1", "tls://dask.example:1"),
     ("tcp://[::1]:8786", "tcp://[::1]:8786")],
)
def test_addresses(address: str, expected: str) -> None:
    assert cluster(address).address == expected


@pytest.mark.parametrize(
    "address", ["", "localhost", "http://localhost:8786", "tcp://a:b@host:1", "tcp://host:0", "tcp://host:99999",
                "inproc://1/2/3:4", "host:1/path"],
)
def test_what_is_no_address(address: str) -> None:
    with pytest.raises(UsageError, match="no address"):
        cluster(address)


def test_certificates_come_together_and_with_tls(tmp_path: Path) -> None:
    pem = tmp_path / "a.pem"
    pem.write_text("")
    assert cluster("host:1", pem, pem, pem).address == "tls://host:1"
    with pytest.raises(UsageError, match="authority"):
        cluster("host:1", pem)
    with pytest.raises(UsageError, match="with TLS"):
        cluster("tcp://host:1", pem, pem, pem)
    with pytest.raises(UsageError, match="no such file"):
        cluster("host:1", pem, pem, tmp_path / "b.pem")
    assert main(["check", "a.md", "--tls-ca", str(pem)]) == 2


def certificates(folder: Path) -> tuple[Path, Path, Path]:
    """An authority, and a certificate of it with its key."""
    import datetime

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    authority, own = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    now = datetime.datetime.now(datetime.UTC)

    def signed(name: str, key: ec.EllipticCurvePrivateKey, is_authority: bool) -> bytes:
        made = (
            x509.CertificateBuilder()
            .subject_name(x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)]))
            .issuer_name(x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Test")]))
            .public_key(key.public_key()).serial_number(x509.random_serial_number())
            .not_valid_before(now - datetime.timedelta(days=1)).not_valid_after(now + datetime.timedelta(days=1))
            .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.public_key()), critical=False
            )
        )
        return made.sign(authority, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)

    files = folder / "ca.pem", folder / "cert.pem", folder / "key.pem"
    files[0].write_bytes(signed("Test", authority, True))
    files[1].write_bytes(signed("worker", own, False))
    files[2].write_bytes(own.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ))
    return files


def test_a_cluster_with_tls(collateral: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from msgcheck import cluster as module

    pems = certificates(collateral)
    ca, cert, key = map(str, pems)
    security = ", ".join(
        [f"tls_ca_file={ca!r}", "require_encryption=True"]
        + [f"tls_{who}_cert={cert!r}, tls_{who}_key={key!r}" for who in ("scheduler", "worker", "client")]
    )
    only = request(collateral, paths=(collateral / "collateral" / "a.md",))
    with started(collateral, 1, f"security=Security({security}), protocol='tls'") as address:
        assert address.startswith("tls://")
        assert text_of(check(replace(only, cluster=cluster(address, *pems)))) == text_of(check(only))
        monkeypatch.setattr(module, "_CONNECT", 2.0)
        with pytest.raises(MsgcheckError, match="cannot be reached"):
            check(replace(only, cluster=cluster(address)))


def test_a_scheduler_that_is_not_there(collateral: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from msgcheck import cluster as module

    monkeypatch.setattr(module, "_CONNECT", 1.0)
    with pytest.raises(MsgcheckError) as caught:
        check(request(collateral, cluster=cluster("127.0.0.1:9")))
    assert caught.value.what == "The scheduler cannot be reached."


def test_dask_that_is_not_installed_is_said_before_anything_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("msgcheck.cluster._installed", lambda: False)
    with pytest.raises(UsageError, match="not installed") as caught:
        cluster("127.0.0.1:8786")
    assert "msgcheck[cluster]" in caught.value.mend
