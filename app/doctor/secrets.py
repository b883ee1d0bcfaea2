"""What must be secret before the first start."""

from app.config import ROOT, Settings, is_placeholder
from app.doctor.findings import Finding, judged

FILE = ROOT / ".secrets.toml"
OTHERS = 0o077


def look_at_secrets(settings: Settings) -> list[Finding]:
    """Keys that are examples, hardly random or used for two purposes; a secrets file that others may read."""
    values = {f"auth.keys.{key.kid}": key.secret.get_secret_value() for key in settings.auth.keys if key.secret}
    values["secrets.cursor_key"] = settings.secrets.cursor_key.get_secret_value()
    values["secrets.encryption_key"] = settings.secrets.encryption_key.get_secret_value()
    values["secrets.audit_key"] = settings.secrets.audit_key.get_secret_value()
    faults = [
        f"{name} is an example value, or hardly random" for name, value in values.items() if is_placeholder(value)
    ]
    if len(set(values.values())) < len(values):
        faults.append(f"two of {', '.join(values)} are the same")
    kids = [key.kid for key in settings.auth.keys]
    if len(set(kids)) < len(kids):
        faults.append("two of auth.keys have one kid")
    mend = (
        'export ATRIUM_SECRETS__CURSOR_KEY="$(openssl rand -hex 32)"'
        '; export ATRIUM_SECRETS__ENCRYPTION_KEY="$(openssl rand -hex 32)"'
        '; export ATRIUM_SECRETS__AUDIT_KEY="$(openssl rand -hex 32)"'
        """; export ATRIUM_AUTH__KEYS="[{kid='$(date +%Y-%m)', alg='HS256', secret='$(openssl rand -hex 32)'}]\""""
        "    # then store both; keep an old key at the end of the list until its tokens have expired"
    )
    return [judged("secrets", faults, "random", mend), *_file()]


def _file() -> list[Finding]:
    if not FILE.exists():
        return []
    mode = FILE.stat().st_mode & 0o777
    faults = [f"others than its owner may read it ({mode:04o})"] if mode & OTHERS else []
    return [judged("secrets file", faults, f"{mode:04o}", f"chmod 600 {FILE}")]
