"""What a run of the whole suite has to have seen: a promise of the document that no test has had answered is none."""

from collections.abc import Iterator

from app.extensions.contract import SIMULATED
from app.extensions.declared import declared_of
from app.extensions.openapi import install_openapi
from app.extensions.routing import ModularApp
from app.installed import INSTALLED
from app.routes import mount
from app.surface import bare_app
from tests.support.contract import Seen

UNSEEN: frozenset[tuple[str, str]] = frozenset({
    ("api_keys_adopt_key", "api_key_revoked"),
    ("api_keys_revoke_key", "api_key_revoked"),
    ("auth_change_email", "rate_limited"),
    ("auth_confirm_email", "user_email_taken"),
    ("auth_sign_out", "session_ended"),
    ("auth_step_up", "auth.recovery_code_used"),
    ("invitations_accept_invitation", "already_member"),
    ("invitations_resend_invitation", "invitation_ended"),
    ("invitations_revoke_invitation", "invitation_ended"),
    ("operator_replay_operated_delivery", "tenant_not_found"),
    ("operator_resume_tenant", "precondition_failed"),
    ("operator_resume_tenant", "tenant_not_found"),
    ("operator_run_schedule", "tenant_not_found"),
    ("operator_run_schedule", "tenant_suspended"),
    ("operator_set_plan", "tenant_not_found"),
    ("operator_suspend_tenant", "precondition_failed"),
    ("operator_suspend_tenant", "tenant_not_found"),
    ("tenants_transfer_ownership", "last_owner"),
    ("tenants_update_tenant", "impersonation_refused"),
    ("tenants_update_tenant", "person_required"),
})  # fmt: skip
"""Declared, and not yet reached by a test within this process: each is a test that is owed, and none may be added lightly."""
UNTRIED = frozenset({"operator_get_hub", "operator_get_tenant", "operator_list_impersonations"})
"""Operations that no test has yet seen succeed within this process; owed likewise."""


def surface() -> ModularApp:
    """The installed modules' routes, without anything behind them."""
    app = bare_app(docs=False)
    mount(app, INSTALLED)
    install_openapi(app)
    return app


def unseen(seen: Seen, app: ModularApp) -> Iterator[str]:
    """Operations that never succeeded, declared events that never happened, declared errors that never came."""
    document = app.openapi()
    for context in app.contexts():
        declared = declared_of(context.endpoint) if context.endpoint is not None else declared_of(unseen)
        for method in context.methods or ():
            operation = document["paths"].get(context.path_format or "", {}).get(method.lower())
            if operation is None or operation.get(SIMULATED):
                continue
            name = operation["operationId"]
            if name not in seen.successes | UNTRIED:
                yield f"{name}: no test has seen it succeed"
            events = [event.name for event in declared.emits if (name, event.name) not in seen.events | UNSEEN]
            yield from (f"{name}: no test has seen it emit {event}" for event in events)
            errors = {(name, error.code) for error in declared.raises} - seen.errors - UNSEEN
            yield from (f"{name}: no test has seen it answer {code}" for _, code in sorted(errors))
