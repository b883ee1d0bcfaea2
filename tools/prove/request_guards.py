"""Guards of requests: nobody takes more than their share, and what is wrong is refused."""

from tools.prove.guards import guard

REQUESTS = (
    guard(
        "rates",
        "one client takes all there is",
        "app/auth/rates.py",
        "        return passes\n",
        "        return passes or True\n",
        "tests/auth/test_rates.py::TestTold::test_429",
        by="KeyError",
    ),
    guard(
        "csrf",
        "another site acts by the cookie",
        "app/auth/services/renewal.py",
        "if not known or guard.origin not in self.identity.origins:",
        "if guard.origin not in self.identity.origins:",
        "tests/auth/test_sessions.py::TestSignOutByCookie::test_forged",
        by="KeyError",
    ),
    guard(
        "last-owner",
        "a tenant is left that nobody can manage",
        "app/tenants/services/members.py",
        "        if owners == {user_id} and not stays_owner:\n",
        "        if owners == {user_id} and stays_owner:\n",
        "tests/tenants/test_invitations.py",
    ),
    guard(
        "refused-counted",
        "who is refused may ask for ever",
        "app/auth/authenticator.py",
        "            self._counting.count_refused(error, request, rule, identity, principal, tenant)\n",
        "",
        "tests/auth/test_refused_rates.py",
    ),
    guard(
        "batch-weight",
        "a batch is a way round the limits",
        "app/extensions/batch.py",
        "    commons.count_more(len(batch.items) - 1)\n",
        "",
        "tests/catalog/test_batch.py",
    ),
    guard(
        "lines-in-turn",
        "who asks for much makes all others wait for a connection",
        "app/db/pool_lines.py",
        "                self._lines.move_to_end(key)\n",
        "                pass\n",
        "tests/db/test_pool_lines.py",
    ),
    guard(
        "grants-held",
        "an admin makes themselves an owner",
        "app/tenants/services/grants.py",
        '    if missing:\n        raise refused_grant("nobody grants',
        '    if False:\n        raise refused_grant("nobody grants',
        "tests/tenants/test_roles.py",
    ),
)
