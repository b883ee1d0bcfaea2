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
)
