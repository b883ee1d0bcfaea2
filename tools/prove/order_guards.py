"""Guards of orders: whose they are, what they cost, and that money moves once."""

from tools.prove.guards import guard

MODELS = "app/modules/orders/models.py"

ORDERS = (
    guard(
        "plain-rows",
        "statements on classes without the mixin forget the tenant",
        "app/db/session.py",
        "*(each for mapper in state.all_mappers for each in plain_classes(mapper))",
        "",
        "tests/db/test_plain.py::test_second_lock",
    ),
    guard(
        "own-carts",
        "a colleague reads and changes somebody's cart",
        "app/modules/orders/services/carts.py",
        " or order.buyer_id != self._me",
        "",
        "tests/orders/test_carts.py::TestOwn::test_own_alone",
        by="KeyError",
    ),
    guard(
        "held-order",
        "two who place one cart are not told what has become of it",
        "app/modules/orders/repository/sql.py",
        ' AND id = $2 FOR UPDATE"',
        ' AND id = $2"',
        "tests/orders/test_orders.py::TestPlace::test_twins",
    ),
    guard(
        "line-version",
        "a change of a line is lost under another's",
        MODELS,
        "self.version += 1",
        "self.version += 0",
        "tests/orders/test_repository.py::test_lost_race",
    ),
    guard(
        "prices",
        "an order costs what nobody asks any more",
        MODELS,
        "if changes := self._compare(offers):",
        "if (changes := self._compare(offers)) and not changes:",
        "tests/orders/test_orders.py::TestPlace::test_prices_changed",
        by="KeyError",
    ),
    guard(
        "payment-under-way",
        "an order is cancelled while its money is taken",
        MODELS,
        "if self.pending is not None:",
        "if self.pending is None and not self.state:",
        "tests/orders/test_models.py::TestPayments::test_under_way",
    ),
    guard(
        "payment-key",
        "a lost answer makes a second charge",
        "app/modules/orders/services/payments.py",
        "return await move(self.key, self.amount, self.source)",
        "return await move(UUID(int=id(self)), self.amount, self.source)",
        "tests/orders/test_payments.py::TestPay::test_answer_lost",
    ),
    guard(
        "settled-once",
        "an answer that comes twice moves the stock twice",
        MODELS,
        'if payment.state != "pending":',
        'if payment.state == "unknown":',
        "tests/orders/test_models.py::TestPayments::test_charge",
    ),
)
