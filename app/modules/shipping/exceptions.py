"""Errors of shipping."""

from app.exceptions import Conflict


class ShipmentMoveRefused(Conflict):
    """A shipment does not go from that status to this one."""

    code, title = "shipment_move_refused", "The shipment cannot do that now"


class CarrierMissing(Conflict):
    """The tenant has an account with no carrier, or with none that this installation offers."""

    code, title = "carrier_missing", "There is no carrier"


class LabelMissing(Conflict):
    """The shipment is not booked, or its carrier has not sent the label yet."""

    code, title = "label_missing", "There is no label yet"


class ShipmentUnknown(Conflict):
    """No shipment has that reference; the message may have come before the shipment's own commit."""

    code, title, retryable = "shipment_unknown", "There is no such shipment yet", True
