"""Run a command with `DATABASE_URL` pointing at a private PostgreSQL cluster made for it.

The cluster lives in a temporary folder, listens on a loopback port of its own and is gone when
the command ends.  As root it runs as the user `postgres`, since the server refuses root.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path


def server_programs() -> Path:
    """The newest server's program folder, or an exit that names the package to install."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    if on_path is None:
        sys.exit("PostgreSQL is not installed: apt-get install postgresql")
    return Path(on_path).parent


def free_port() -> int:
    """A loopback port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main(command: list[str]) -> int:
    """Start, run, stop; the command's exit code."""
    programs = server_programs()
    folder = Path(tempfile.mkdtemp(prefix="mingdai-postgres-"))
    as_server: list[str] = []
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
        as_server = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]
    port = free_port()
    data = folder / "cluster"
    options = f"-c listen_addresses=127.0.0.1 -p {port} -k {folder} -c max_connections=60"
    control = [*as_server, str(programs / "pg_ctl"), "-D", str(data), "-w"]
    quiet = {"stdout": subprocess.DEVNULL, "cwd": folder}
    subprocess.run(
        [
            *as_server,
            str(programs / "initdb"),
            "-D",
            str(data),
            "-U",
            "mingdai",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        ],
        check=True,
        **quiet,
    )
    subprocess.run(
        [*control, "-o", options, "-l", str(folder / "log"), "start"], check=True, **quiet
    )
    try:
        subprocess.run(
            [
                str(programs / "createdb"),
                "-h",
                "127.0.0.1",
                "-p",
                str(port),
                "-U",
                "mingdai",
                "mingdai",
            ],
            check=True,
            **quiet,
        )
        url = f"postgresql://mingdai@127.0.0.1:{port}/mingdai"
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}).returncode
    finally:
        subprocess.run([*control, "-m", "fast", "stop"], check=False, **quiet)
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
