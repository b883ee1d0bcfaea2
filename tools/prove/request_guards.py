"""Guards of requests: nobody takes more than their share, and what is wrong is refused."""

from tools.prove.guards import guard

LEASES = "app/extensions/rate_leases.py"

REQUESTS = (
    guard(
        "rates",
        "one client takes all there is",
        "app/auth/rates.py",
        "        return passes\n",
        "        return passes or True\n",
        "tests/auth/test_rates.py::TestTold::test_429",
    ),
    guard(
        "rate-debt",
        "each process gives away what another has counted",
        LEASES,
        "ahead_of(KEYS[key], window) + debt * interval",
        "ahead_of(KEYS[key], window)",
        "tests/extensions/test_rate_leases.py::TestLease::test_debt_is_paid",
    ),
    guard(
        "rate-owner",
        "whoever makes more tenants has more requests",
        LEASES,
        "    over = over + got * above\n",
        "",
        "tests/extensions/test_rate_leases.py::TestLease::test_owner",
    ),
    guard(
        "parameters",
        "a filter that is spelt wrong is left out, and all is shown",
        "app/extensions/routing.py",
        "        if name not in declared:\n",
        "        if name not in declared and not name:\n",
        "tests/api/test_bad_input.py::TestParameters::test_every_list",
    ),
    guard(
        "csrf",
        "another site acts by the cookie",
        "app/auth/services/renewal.py",
        "if not known or guard.origin not in self.identity.origins:",
        "if guard.origin not in self.identity.origins:",
        "tests/auth/test_sessions.py::TestSignOutByCookie::test_forged",
    ),
    guard(
        "last-owner",
        "a tenant is left that nobody can manage",
        "app/tenants/services/members.py",
        "        if owners == {user_id} and not stays_owner:\n",
        "        if owners == {user_id} and stays_owner:\n",
        "tests/tenants/test_invitations.py",
    ),
)
