"""What people prove themselves with beside the password: passkeys, apps that show codes, backup codes."""

import re
import secrets
import time
from binascii import unhexlify
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp_webauthn.models import WebAuthnCredential

from pressoffice.publishing.plain_text import clean_line

from . import log, sign_ins
from .models import LONGEST_NAME, BackupCode, Factor, LogInEntry, User

HOW_MANY_CODES = 10
# No letter or digit that another looks like, on paper or in bad light.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
CODE_LENGTH = 12  # 59 bits
CODE_SALT = "pressoffice.accounts.backup_code"
MOST_DEVICES = 20

MODELS: dict[str, Any] = {Factor.PASSKEY: WebAuthnCredential, Factor.APP: TOTPDevice}


class Refused(Exception):
    """With a sentence for the person."""


@dataclass(frozen=True)
class Device:
    kind: str
    pk: int
    name: str
    added_at: datetime | None
    last_used_at: datetime | None

    @property
    def label(self) -> str:
        return str(Factor(self.kind).label)


def devices_of(user: Any) -> list[Device]:
    """Two queries. Those first that were added first."""
    found = [
        Device(kind, row.pk, row.name, row.created_at, row.last_used_at)
        for kind, model in MODELS.items()
        for row in model.objects.filter(user=user, confirmed=True).only("name", "created_at", "last_used_at")
    ]
    return sorted(found, key=lambda device: (device.added_at is not None, device.added_at, device.pk))


def device_of(user: Any, kind: str, pk: int) -> Device | None:
    return next((each for each in devices_of(user) if (each.kind, each.pk) == (kind, pk)), None)


def has_devices(user: Any) -> bool:
    return any(model.objects.filter(user=user, confirmed=True).exists() for model in MODELS.values())


def has_passkeys(user: Any) -> bool:
    return WebAuthnCredential.objects.filter(user=user, confirmed=True).exists()


def lock(user: Any) -> None:
    """Whoever adds or removes a factor of this person waits here, so that what was counted stays true."""
    User.objects.select_for_update().get(pk=user.pk)


# --- apps that show codes --------------------------------------------------------------------------


def add_app(user: Any, name: str, key: str, typed: str, request: HttpRequest, *, is_first: bool) -> None:
    """`key`: hexadecimal, as shown to the person; `typed`: the code that the app makes of it."""
    totp = TOTP(unhexlify(key))
    totp.time = time.time()
    digits = re.sub(r"\D", "", typed)
    if len(digits) != 6 or not totp.verify(int(digits), tolerance=1):
        raise Refused(
            _(
                "This is not the code the app shows now. Check the clock of the phone, wait for the next "
                "code and type it."
            )
        )
    with transaction.atomic():
        may_add(user, is_first=is_first)
        # The code just typed is used up.
        TOTPDevice.objects.create(
            user=user, name=named(name, Factor.APP), key=key, drift=totp.drift, last_t=totp.t()
        )
        added(user, Factor.APP, name, request)


def may_add(user: Any, *, is_first: bool) -> None:
    """Inside a transaction. `is_first`: the person is on the way in, with the password alone."""
    lock(user)
    devices = devices_of(user)
    if is_first and devices:
        raise Refused(_("A second factor was set up in another window. Log in anew."))
    if len(devices) >= MOST_DEVICES:
        raise Refused(_("These are enough devices. Remove one that is no longer used."))


def added(user: Any, kind: str, name: str, request: HttpRequest) -> None:
    detail = named(name, kind)
    log.write_down(LogInEntry.What.DEVICE_ADDED, user, request, factor=kind, detail=detail)


def rename(user: Any, device: Device, name: str, request: HttpRequest) -> None:
    name = named(name, device.kind)
    MODELS[device.kind].objects.filter(user=user, pk=device.pk).update(name=name)
    detail = f"{device.name} → {name}"
    log.write_down(LogInEntry.What.DEVICE_RENAMED, user, request, factor=device.kind, detail=detail)


def remove(user: Any, device: Device, request: HttpRequest) -> None:
    with transaction.atomic():
        lock(user)
        others = [each for each in devices_of(user) if (each.kind, each.pk) != (device.kind, device.pk)]
        if not others and settings.SECOND_FACTOR_REQUIRED:
            raise Refused(_("This is your last second factor. Add another one first."))
        if MODELS[device.kind].objects.filter(user=user, pk=device.pk).delete()[0]:
            log.write_down(
                LogInEntry.What.DEVICE_REMOVED, user, request, factor=device.kind, detail=device.name
            )
        if not others:
            BackupCode.objects.filter(user=user).delete()


def named(name: str, kind: str) -> str:
    return clean_line(name)[:LONGEST_NAME] or str(Factor(kind).label)


# --- codes -----------------------------------------------------------------------------------------


def used_code(user: Any, typed: str) -> Factor | None:
    """Which kind of code this is, if it is right and new; it is used up by that."""
    plain = re.sub(r"[\s-]", "", typed).casefold()
    if re.fullmatch(r"[0-9]{6}", plain):
        return Factor.APP if _used_app_code(user, plain) else None
    return Factor.BACKUP_CODE if _used_backup_code(user, plain) else None


def _used_app_code(user: Any, digits: str) -> bool:
    with transaction.atomic():
        apps = TOTPDevice.objects.select_for_update().filter(user=user, confirmed=True).order_by("pk")
        return any(app.verify_token(digits) for app in apps)


def _used_backup_code(user: Any, code: str) -> bool:
    # Two at once: only one of them finds it unused.
    unused = BackupCode.objects.filter(user=user, digest=_digest(code), used_at__isnull=True)
    return bool(unused.update(used_at=timezone.now()))


def make_backup_codes(user: Any, request: HttpRequest | None) -> list[str]:
    """Ten new ones; those before are void. They can be read here and never again."""
    codes = [
        "".join(secrets.choice(ALPHABET) for _each in range(CODE_LENGTH)) for _code in range(HOW_MANY_CODES)
    ]
    with transaction.atomic():
        lock(user)
        BackupCode.objects.filter(user=user).delete()
        now = timezone.now()
        BackupCode.objects.bulk_create(
            BackupCode(user=user, digest=_digest(code), made_at=now) for code in codes
        )
        log.write_down(LogInEntry.What.CODES_MADE, user, request)
    return ["-".join(re.findall(".{4}", code)) for code in codes]


def has_backup_codes(user: Any) -> bool:
    """Used ones count: whoever has none left is told so, but not kept out."""
    return BackupCode.objects.filter(user=user).exists()


def backup_codes_left(user: Any) -> int:
    return BackupCode.objects.filter(user=user, used_at__isnull=True).count()


def _digest(code: str) -> str:
    return salted_hmac(CODE_SALT, code, algorithm="sha256").hexdigest()


# --- anew ------------------------------------------------------------------------------------------


def reset(user: Any, *, by: Any, reason: str, request: HttpRequest | None = None) -> None:
    """Take every second factor away and end every session: the person sets one up at the next log-in. `by` is
    None for the command line."""
    if by is not None and by.pk == user.pk:
        raise Refused(_("You cannot reset your own. Ask another administrator."))
    with transaction.atomic():
        lock(user)
        for model in MODELS.values():
            model.objects.filter(user=user).delete()
        BackupCode.objects.filter(user=user).delete()
        sign_ins.end_all(of=user)
        log.write_down(LogInEntry.What.RESET, user, request, by=by, detail=reason)
