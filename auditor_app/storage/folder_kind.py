"""What kind of folder a library lies in: on this computer, on the network, or copied away by a cloud service."""

from __future__ import annotations

import os
import sys
import unicodedata
from enum import StrEnum
from pathlib import Path

_NETWORK = {
    *("nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ncpfs", "ceph", "glusterfs", "davfs", "9p"),
    *("fuse.sshfs", "fuse.rclone", "fuse.davfs2", "fuse.glusterfs", "fuse.gvfsd-fuse", "fuse.s3fs"),
}
_REMOTE_DRIVE = 4
_CLOUDS = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "com~apple~clouddocs": "iCloud",
    "icloud": "iCloud",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "nutstore": "坚果云",
    "坚果云": "坚果云",
    "我的坚果云": "坚果云",
    "baidunetdisk": "百度网盘",
    "baidusyncdisk": "百度网盘",
    "百度网盘": "百度网盘",
    "百度云": "百度网盘",
    "wpsdrive": "WPS 云盘",
    "wps云盘": "WPS 云盘",
    "wps cloud": "WPS 云盘",
    "weiyun": "腾讯微云",
    "微云": "腾讯微云",
    "阿里云盘": "阿里云盘",
    "aliyundrive": "阿里云盘",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "seafile": "Seafile",
}
"""How folders of cloud services begin, in small letters, and the name people know the service by."""
_MARKERS = {".dropbox": "Dropbox", ".dropbox.cache": "Dropbox", ".stfolder": "Syncthing", ".nutstore": "坚果云"}


class FolderKind(StrEnum):
    """Where a folder is; the word is a key of the catalogue."""

    LOCAL = "local"
    NETWORK = "network"
    CLOUD = "cloud"


def folder_kind(folder: Path) -> tuple[FolderKind, str]:
    """Return what kind of folder this is, and for a cloud the name of its service; a guess by names and markers."""
    place = Path(os.path.abspath(folder))
    service = _cloud(place)
    if service:
        return FolderKind.CLOUD, service
    return (FolderKind.NETWORK if _is_remote(place) else FolderKind.LOCAL), ""


def _cloud(place: Path) -> str:
    for part in place.parts[1:]:
        name = unicodedata.normalize("NFKC", part).casefold()
        for beginning, service in _CLOUDS.items():
            # "OneDrive - Company" and "Nutstore Files" are theirs; "dropbox-notes" is somebody's own.
            if name == beginning or name.startswith((f"{beginning} ", f"{beginning}(", f"{beginning}同步")):
                return service
    for parent in (place, *place.parents):
        for marker, service in _MARKERS.items():
            if os.path.lexists(parent / marker):
                return service
    named = {os.environ.get(name) for name in ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")}
    is_onedrive = any(place.is_relative_to(folder) for folder in named if folder)
    return "OneDrive" if is_onedrive else ""


if sys.platform == "win32":
    import ctypes

    def _is_remote(place: Path) -> bool:
        if place.drive.startswith("\\\\"):
            return True
        return bool(ctypes.windll.kernel32.GetDriveTypeW(f"{place.drive}\\") == _REMOTE_DRIVE)

else:

    def _is_remote(place: Path) -> bool:
        try:
            mounts = Path("/proc/mounts").read_text("utf-8", "surrogateescape")
        except OSError:
            return False
        return _kind_of_disk(mounts, os.path.realpath(place)) in _NETWORK


def _kind_of_disk(mounts: str, place: str) -> str:
    """Return the kind of file system that holds a place, by the table of mounts; empty when none does."""
    longest, kind = "", ""
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = fields[1].encode("utf-8", "surrogateescape").decode("unicode_escape", "replace")
        point = point.encode("latin-1", "replace").decode("utf-8", "surrogateescape")
        holds = place == point or place.startswith(point.rstrip("/") + "/")
        # Of two mounts at one place the later one is on top.
        if holds and len(point) >= len(longest):
            longest, kind = point, fields[2]
    return kind
