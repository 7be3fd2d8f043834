"""A folder of files that is there whole or as it was before, with what tells whether it arrived whole."""

import fcntl
import gzip
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO, cast

from django.conf import settings
from django.utils.translation import gettext as _

from .contents import JSON_LINES, File

NAME = "press-office-public-record"
MANIFEST, CHECKSUMS = "datapackage.json", "SHA256SUMS"


class FolderRefused(Exception):
    """A sentence for whoever runs the command."""


def write(folder: Path, files: list[File], *, at: datetime, compressed: bool = False) -> dict[str, Any]:
    """Write `files` and what describes them, and put them in the place of what is at `folder`; the manifest.

    Raises FolderRefused where something stands there that this did not make, or while another one writes.
    """
    folder = folder.resolve()
    _require_ours(folder)
    with _beside(folder) as new:
        resources = [row for file in files if (row := _write_file(new, file, compressed=compressed))]
        manifest = _manifest(resources, at)
        text = json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"
        (new / MANIFEST).write_text(text, encoding="utf-8")
        sums = {row["path"]: row["hash"].removeprefix("sha256:") for row in resources}
        sums[MANIFEST] = hashlib.sha256(text.encode()).hexdigest()
        lines = (f"{digest}  {name}\n" for name, digest in sorted(sums.items()))
        (new / CHECKSUMS).write_text("".join(lines), encoding="utf-8")
        for path in new.iterdir():
            _sync(path)
        _require_ours(folder)
        _put_in_place(new, folder)
    return manifest


def _require_ours(folder: Path) -> None:
    if not folder.parent.is_dir():
        raise FolderRefused(_("There is no folder %(path)s.") % {"path": folder.parent})
    if not folder.exists():
        return
    if not folder.is_dir():
        raise FolderRefused(_("%(path)s is a file, not a folder.") % {"path": folder})
    there = {path.name for path in folder.iterdir()}
    if there - _made_before(folder):
        sentence = _(
            "In %(path)s there is something that this command did not put there: name another folder."
        )
        raise FolderRefused(sentence % {"path": folder})


def _made_before(folder: Path) -> set[str]:
    """Names of the files that a run before put into it."""
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
        if manifest["name"] != NAME:
            return set()
        return {MANIFEST, CHECKSUMS, *(each["path"] for each in manifest["resources"])}
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return set()


@contextmanager
def _beside(folder: Path) -> Iterator[Path]:
    """An empty folder of one's own on the same disk. What a broken run left in it goes."""
    new = folder.with_name(f".{folder.name}.new")
    new.mkdir(exist_ok=True)
    held = os.open(new, os.O_RDONLY)
    try:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise FolderRefused(_("Another run is writing %(path)s now.") % {"path": folder}) from None
        for path in new.iterdir():
            path.unlink()
        try:
            yield new
        finally:
            shutil.rmtree(new, ignore_errors=True)
    finally:
        os.close(held)


def _put_in_place(new: Path, folder: Path) -> None:
    old = folder.with_name(f".{folder.name}.old")
    if old.exists():  # of a run that was broken off here
        shutil.rmtree(old)
    was_there = folder.exists()
    if was_there:
        folder.rename(old)
    try:
        new.rename(folder)
    except OSError:
        if was_there:
            old.rename(folder)
        raise
    _sync(folder.parent)
    if was_there:
        shutil.rmtree(old)


def _write_file(new: Path, file: File, *, compressed: bool) -> dict[str, Any] | None:
    """What the manifest says of it; None where it has nothing to hold."""
    is_lines = file.media_type == JSON_LINES
    parts = iter(file.parts())
    first = next(parts, None)
    if first is None and not is_lines:
        return None
    # A list that is empty is told as such.
    parts = parts if first is None else chain([first], parts)
    path = new / (f"{file.name}.gz" if compressed else file.name)
    rows = 0
    with path.open("wb") as raw:
        out = cast(BinaryIO, gzip.GzipFile("", "wb", fileobj=raw, mtime=0)) if compressed else raw
        with out:
            for part in parts:
                out.write(part)
                rows += 1
    with path.open("rb") as written:
        digest = hashlib.file_digest(written, "sha256").hexdigest()
    return {
        "name": file.name,
        "path": path.name,
        "mediatype": file.media_type,
        "encoding": "utf-8",
        **({"compression": "gz"} if compressed else {}),
        "bytes": path.stat().st_size,
        "hash": f"sha256:{digest}",
        **({"rows": rows} if is_lines else {}),
    }


def _manifest(resources: list[dict[str, Any]], at: datetime) -> dict[str, Any]:
    """A Data Package (https://specs.frictionlessdata.io/data-package/)."""
    licence = settings.PRESSOFFICE_DATA_LICENCE
    return {
        "name": NAME,
        "title": settings.PRESSOFFICE_PUBLISHER_NAME or "Press office",
        "description": "Everything that was public at the moment `created`.",
        "homepage": f"{settings.PRESSOFFICE_ADDRESS}/",
        "created": at.isoformat(),
        **({"licenses": [{"path": licence}]} if licence else {}),
        "resources": resources,
    }


def _sync(path: Path) -> None:
    held = os.open(path, os.O_RDONLY)
    try:
        os.fsync(held)
    finally:
        os.close(held)
