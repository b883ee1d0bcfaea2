"""The settings' model: every name that an installation may set, with its type and its meaning.

`docs/settings.md` is made from it. Every field is described; a test demands it.
"""

from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import AwareDatetime, Field, SecretStr, field_validator, model_validator

from app.config.outside import Files, Mail, Orders, Payments
from app.config.section import Amount, Count, NotNegative, Positive, SecretWords, Section, Weight, Words
from app.config.shipping import Shipping
from app.config.signing import check_key

MIN_SECRET = 32
VERSION = "0.1.0"


class Database(Section):
    """Where PostgreSQL is, per role, and how it is used. Empty URLs mean the embedded server."""

    url: str = Field(description="app role: what requests and handlers use")
    identity_url: str = Field(description="identity role: sign-in, accounts and what mails them")
    system_url: str = Field(description="system role: relay, operators, purge and seals")
    owner_url: str = Field(description="owner role: migrations only; leave it out of serving processes")
    pool: Literal["slots", "stock"] = Field(description="slots, or SQLAlchemy's own engine and pool as the fallback")
    pool_size: Count = Field(description="connections of the app role per process")
    pool_at_start: int = Field(
        ge=0,
        description="connections of each pool of slots that are made at start, the others when all of these are taken; 0: all",
    )
    pool_queue: Count = Field(description="requests that may wait for a connection; beyond that 503")
    pool_wait_seconds: Positive = Field(description="how long one of them may wait; then 503")
    statement_cache: bool = Field(description="off behind PgBouncer in transaction mode")
    statement_timeout_ms: Count = Field(description="how long one statement of a serving role may run")
    lock_timeout_ms: Count = Field(description="how long a statement may wait for a lock")
    idle_in_transaction_ms: Count = Field(
        description="how long a transaction may idle; longer than any handler's own limit"
    )


class RedisSettings(Section):
    """Where Redis or Valkey is. It carries; it never remembers."""

    url: str = Field(description="where it is, with database number; empty means the embedded server")


class SigningKey(Section):
    """A key of access tokens. The first of the list signs, all verify until they expire."""

    kid: str = Field(min_length=1, max_length=64, description="the key's name in the header of tokens")
    alg: Literal["HS256", "EdDSA"] = Field(default="HS256", description="the signature's algorithm")
    secret: SecretStr = Field(
        default=SecretStr(""),
        description="HS256: a random text; EdDSA: the Ed25519 private key, as PEM or 32 bytes in base64",
    )
    public: str = Field(default="", description="EdDSA: the public key, where the private one is not known here")
    until: AwareDatetime | None = Field(default=None, description="when it stops to verify; empty: never")

    @model_validator(mode="after")
    def _is_usable(self) -> Self:
        check_key(self.alg, self.secret.get_secret_value(), self.public)
        return self


class Argon2(Section):
    """Cost of a password hash (RFC 9106) and the size of the thread pool that computes it."""

    memory_kib: Count = Field(description="memory of one hash, in KiB; in production at least 19456")
    time_cost: Count = Field(description="passes over the memory; in production at least 2")
    parallelism: Count = Field(description="lanes of one hash")
    threads: Count = Field(description="hashes computed at once")
    queue: Count = Field(description="hashes that may wait for a thread; beyond that 503")


class LoginLimit(Section):
    """Failed sign-ins allowed in a window, per account and per address."""

    failures_per_account: Count = Field(description="per account, by its address")
    failures_per_address: Count = Field(description="per network address")
    window_seconds: Count = Field(description="the window")


class MailLimit(Section):
    """Requests that send mail, allowed in a window: per target address, and per person or network address that asks."""

    per_target: Count = Field(description="per address that is written to")
    per_asker: Count = Field(description="per person, or network address, that asks")
    window_seconds: Count = Field(description="the window")


class RefreshLimit(Section):
    """Refreshes of tokens allowed in a window: generous, for a client refreshes a few times an hour."""

    per_session: Count = Field(description="per session, in each process")
    per_address: Count = Field(description="per network address, behind which there may be a whole company")
    window_seconds: Count = Field(description="the window")


class RateTable(Section):
    """Requests in a window, by what a route weighs."""

    read: Count = Field(description="that read")
    write: Count = Field(description="that write")
    heavy: Count = Field(description="exports and the like")
    auth: Count = Field(
        description="that only a person may make: passwords, factors, sessions, keys, ownership, deletion"
    )


class Rates(Section):
    """Requests allowed in a window. Every plan has these, but for what it says itself in `plans.<key>.rates`."""

    window_seconds: Count = Field(description="the window")
    processes: Count = Field(
        description="processes that serve the API: while Redis is away, each allows its share of a window"
    )
    tenant: RateTable = Field(description="of one tenant, all its people and keys together")
    person: RateTable = Field(description="of one person in one tenant, and of one who has chosen none")
    api_key: RateTable = Field(description="of one API key")
    owner: RateTable = Field(description="of all tenants of one owner together")


class PlanRates(Section):
    """What a plan says of rates: requests in a window, by what a route weighs; the rest is as `rates` has it."""

    tenant: Mapping[Weight, Count] = Field(default_factory=dict, description="of one tenant")
    person: Mapping[Weight, Count] = Field(default_factory=dict, description="of one person in it")
    api_key: Mapping[Weight, Count] = Field(default_factory=dict, description="of one of its API keys")
    owner: Mapping[Weight, Count] = Field(default_factory=dict, description="of all tenants of its owner together")


class Auth(Section):
    """Sign-in: tokens, sessions, passwords."""

    issuer: str = Field(description="the claim iss of access tokens")
    audience: str = Field(description="the claim aud of access tokens")
    verify_seconds: Count = Field(description="how long a registration waits for its verification")
    reset_seconds: Count = Field(description="how long the link of a reset works")
    change_seconds: Count = Field(description="how long the link of a change of address works")
    invitation_seconds: Count = Field(description="how long an invitation waits")
    access_seconds: Count = Field(description="how long an access token is valid")
    fresh_seconds: Count = Field(description="how long a proved password counts for sensitive changes")
    session_idle_seconds: Count = Field(description="how long a session lives without a refresh")
    session_absolute_seconds: Count = Field(description="how long a session lives at most")
    keep_ended_days: Count = Field(
        description="how long ended sessions and invitations are kept, before the relay removes them"
    )
    sweep_seconds: Positive = Field(description="how often the relay removes what has expired")
    argon2: Argon2 = Field(description="cost of a password hash")
    login_limit: LoginLimit = Field(description="failed sign-ins allowed")
    mail_limit: MailLimit = Field(description="requests allowed that send mail")
    refresh_limit: RefreshLimit = Field(description="refreshes of tokens allowed")
    key_use_seconds: Positive = Field(description="between two writings of when API keys were last used")
    keys: tuple[SigningKey, ...] = Field(
        min_length=1,
        description="signing keys of access tokens: the first signs, all verify; a later source replaces the whole list",
    )

    @field_validator("keys")
    @classmethod
    def _fit_together(cls, keys: tuple[SigningKey, ...]) -> tuple[SigningKey, ...]:
        """The first signs, so that it needs its secret and has no end; a name means one key."""
        if not keys[0].secret or keys[0].until is not None:
            raise ValueError("the first key signs: it needs a secret, and has no until")
        if len({key.kid for key in keys}) < len(keys):
            raise ValueError("two keys have one kid")
        return keys


class Web(Section):
    """The HTTP surface."""

    base_url: str = Field(
        pattern=r"^https?://[^/?#]+(/[^?#]*)?$", description="the front end, for links in mails; no slash at the end"
    )
    hosts: Words = Field(min_length=1, description="allowed Host headers, without port")
    origins: Words = Field(description="origins of browsers that may call with credentials")
    trusted_proxies: Words = Field(description="networks whose X-Forwarded-For and X-Request-ID count")
    max_body_bytes: Count = Field(description="largest body of a request")
    body_seconds: Positive = Field(description="how long a body may take to arrive")
    cookie_secure: bool = Field(description="the refresh cookie travels over TLS alone; production refuses false")
    docs: bool = Field(description="serve /docs and the OpenAPI document")
    drain_seconds: NotNegative = Field(description="how long a stop goes on serving, unready, until nobody routes here")
    grace_seconds: Positive = Field(description="how long it then waits for running requests before it cuts them off")


class Events(Section):
    """Deliveries: how they are carried, leased and retried."""

    queue_mode: Literal["rq", "inline"] = Field(
        description="rq: worker processes; inline: in the process that recorded the event"
    )
    lease_seconds: Positive = Field(description="how long a delivery belongs to the worker that took it")
    poll_seconds: Positive = Field(description="how often the relay looks without being woken")
    max_in_flight: Count = Field(
        description="deliveries of one tenant, or of all that one person owns, that may be leased at once in each queue; a plan's limit deliveries_in_flight goes before"
    )
    batch: Annotated[int, Field(gt=0, le=100)] = Field(description="deliveries in one job")
    max_queued_jobs: Count = Field(description="jobs that may wait in a queue before relays claim nothing more for it")
    width: Count = Field(description="deliveries that one worker runs at once; of one tenant seven eighths at most")
    max_attempts: Count = Field(description="starts of a delivery before it is dead")
    backoff_seconds: Positive = Field(description="first pause after a failure; it doubles each time")
    grace_seconds: Positive = Field(
        description="how long a worker that is told to stop waits for what runs, before it cancels it and hands it back"
    )
    recycle_deliveries: Amount = Field(
        description="deliveries after which a worker makes room for a fresh one; 0: never"
    )
    recycle_mb: Amount = Field(description="resident memory at which a worker makes room for a fresh one; 0: never")
    memory_limit_mb: Amount = Field(
        description="data that a worker may hold; a handler that asks for more fails; 0: no limit (Linux only)"
    )
    health_file: str = Field(
        description="touched each second by a worker that works, by a relay between its rounds, for `manage probe`; one per process; empty: none"
    )


class Logs(Section):
    """What is logged, to standard error, one JSON object a line."""

    level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(description="the lowest level that is written")


class MetricsSettings(Section):
    """Where each process serves `/metrics`: an internal address, never the public one."""

    host: str = Field(description="the address that the scraper reaches")
    port: Annotated[int, Field(ge=0, le=65_535)] = Field(description="0: none are served")


class OpenApi(Section):
    """What a serving process compares with its own OpenAPI document."""

    sample_rate: Annotated[float, Field(ge=0, le=1)] = Field(
        description="the share of answers that is compared; what differs is counted by atrium_contract_drift_total; 0: none"
    )


class Tenants(Section):
    """Limits of tenants."""

    max_owned: Count = Field(description="tenants that one person may own")
    deletion_grace_days: Annotated[int, Field(ge=0)] = Field(
        description="how long a deletion may be taken back, before the purge; 0: until the next purge"
    )
    alias_days: Count = Field(description="how long a tenant answers to a slug that it gave up")


class Plan(Section):
    """What a tenant's plan allows."""

    features: Words = Field(default=(), description="modules that the plan includes")
    limits: Mapping[str, int] = Field(default_factory=dict, description="how much of what, by name")
    rates: PlanRates = Field(default_factory=PlanRates, description="requests in a window, where it is not `rates`")


class Secrets(Section):
    """Keys that sign what leaves the system and comes back, or encrypt what lies in the database."""

    cursor_key: SecretStr = Field(
        min_length=MIN_SECRET, description="signs the cursors of lists and the links to local files"
    )
    audit_key: SecretStr = Field(
        min_length=MIN_SECRET,
        description="signs the seals of the audit log; a lost or changed one verifies no old seal",
    )
    encryption_key: SecretStr = Field(
        min_length=MIN_SECRET, description="encrypts the secrets of second factors and those that tenants entrust"
    )
    previous_encryption_keys: SecretWords = Field(
        default=(), description="encryption keys before it, by comma: what they encrypted is read still"
    )


class Audit(Section):
    """Seals of the audit log."""

    seal_seconds: Positive = Field(default=10.0, le=60.0, description="how often the relay seals what is unsealed")
    seal_batch: Count = Field(default=1000, le=10_000, description="entries of one seal at most")


class Embedded(Section):
    """Passwords of the embedded servers' roles; unused where real servers are named."""

    postgres: SecretStr = Field(min_length=MIN_SECRET, description="the superuser")
    owner: SecretStr = Field(min_length=MIN_SECRET, description="the role atrium_owner")
    app: SecretStr = Field(min_length=MIN_SECRET, description="the role atrium_app")
    identity: SecretStr = Field(min_length=MIN_SECRET, description="the role atrium_identity")
    system: SecretStr = Field(min_length=MIN_SECRET, description="the role atrium_system")
    redis: SecretStr = Field(min_length=MIN_SECRET, description="Valkey")


class Modules(Section):
    """Which of the installed modules this installation uses."""

    disabled: Words = Field(
        default=(), description="modules without route, handler or permission here; their tables stay"
    )


class Vault(Section):
    """HashiCorp Vault as a source of settings, read before the variables. Needs the extra `vault`."""

    url: str = Field(default="", description="where Vault is; empty: Vault is not asked")
    mount: str = Field(default="secret", min_length=1, description="mount point of the key-value engine")
    path: str = Field(
        default="atrium",
        min_length=1,
        description="folder of the secrets; the secret in it is named as the environment",
    )
    kv_version: Literal[1, 2] = Field(default=2, description="version of the key-value engine")
    namespace: str = Field(default="", description="namespace (Vault Enterprise)")
    timeout_seconds: Positive = Field(default=5.0, description="how long Vault may take to answer")
    ca_file: str = Field(default="", description="certificates to trust instead of the system's")
    token: SecretStr | None = Field(default=None, description="sign in with this token")
    role_id: str = Field(default="", description="or with this AppRole")
    secret_id: SecretStr | None = Field(default=None, description="the AppRole's secret")


class Settings(Section):
    """Everything that an installation decides."""

    env: Literal["development", "testing", "production"] = Field(description="chosen by ATRIUM_ENV")
    database: Database = Field(description="PostgreSQL")
    redis: RedisSettings = Field(description="Redis or Valkey")
    auth: Auth = Field(description="sign-in")
    web: Web = Field(description="the HTTP surface")
    mail: Mail = Field(description="mail")
    orders: Orders = Field(default_factory=Orders, description="orders")
    payments: Payments = Field(default_factory=Payments, description="payments of orders")
    files: Files = Field(default_factory=Files, description="files")
    shipping: Shipping = Field(default_factory=Shipping, description="carriers of orders")
    events: Events = Field(description="deliveries")
    logs: Logs = Field(description="logs")
    metrics: MetricsSettings = Field(description="metrics")
    openapi: OpenApi = Field(description="the document and what is answered")
    tenants: Tenants = Field(description="tenants")
    rates: Rates = Field(description="requests allowed")
    plans: Mapping[str, Plan] = Field(description="plans by key; a tenant names its own")
    modules: Modules = Field(default_factory=Modules, description="modules")
    audit: Audit = Field(default_factory=Audit, description="the audit log")
    secrets: Secrets = Field(description="keys")
    embedded: Embedded | None = Field(default=None, description="passwords of the embedded servers")
    vault: Vault = Field(default_factory=Vault, description="HashiCorp Vault")
