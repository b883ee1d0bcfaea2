"""Guards of shipping and of signed messages: whom we believe, and that each parcel is sent once."""

from tools.prove.guards import guard

INCOMING = "app/extensions/incoming.py"
MODELS = "app/modules/shipping/models.py"

SHIPPING = (
    guard(
        "message-signature",
        "anybody tells what has become of a shipment",
        INCOMING,
        "any(matches)",
        "bool(matches)",
        "tests/extensions/test_incoming.py::test_spoilt",
    ),
    guard(
        "message-time",
        "a message that somebody has kept counts once more",
        INCOMING,
        "well_formed and is_fresh and",
        "well_formed and",
        "tests/extensions/test_incoming.py::test_time_and_secret",
    ),
    guard(
        "message-once",
        "a message that comes twice counts twice",
        "app/db/incoming.py",
        "return False",
        "return True",
        "tests/shipping/test_webhooks.py::test_told",
    ),
    guard(
        "message-place",
        "a secret that is copied to another tenant's endpoint opens there",
        "app/extensions/sealing.py",
        "opened = seal.open(sealed, place)",
        "opened = b'any'",
        "tests/shipping/test_webhooks.py::test_forgotten_and_changed",
    ),
    guard(
        "carriers-own",
        "one carrier's message moves what another has",
        "app/modules/shipping/repository.py",
        "Shipment.carrier == carrier, Shipment.reference == reference",
        "Shipment.reference == reference",
        "tests/shipping/test_webhooks.py::test_another_carrier",
        by="KeyError",
    ),
    guard(
        "told-late",
        "a late message takes a shipment back",
        MODELS,
        "if is_late or status",
        "if status",
        "tests/shipping/test_models.py::test_any_order",
    ),
    guard(
        "clock-ahead",
        "one message of the future silences all that follow",
        MODELS,
        "told_at = min(told_at, now)",
        "told_at = max(told_at, told_at)",
        "tests/shipping/test_models.py::test_clock_ahead",
    ),
    guard(
        "booking-key",
        "a lost answer makes a second parcel",
        "app/modules/shipping/services/booking.py",
        "Parcel(shipment.id, order.number, lines)",
        "Parcel(__import__('uuid').uuid4(), order.number, lines)",
        "tests/shipping/test_shipments.py::TestDispatch::test_lost",
    ),
    guard(
        "order-stays-refunded",
        "what was refunded is shipped after all",
        "app/modules/shipping/services/booking.py",
        "if order is None or not order.may_be_shipped:",
        "if order is None:",
        "tests/shipping/test_shipments.py::TestMade::test_refunded",
    ),
    guard(
        "order-steps",
        "an order that is told twice of its way is told on twice",
        "app/modules/orders/services/fulfilment.py",
        "WAY.index(OrderState(order.state)) + 1",
        "1",
        "tests/orders/test_fulfilment.py::test_told",
        by="MoveRefused",
    ),
)
