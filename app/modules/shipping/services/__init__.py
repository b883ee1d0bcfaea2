"""Use cases of shipping, one class a file."""

from app.modules.shipping.services.booking import BOOK, BookingService, Wish
from app.modules.shipping.services.carriers import CarrierService
from app.modules.shipping.services.labelling import LabelService
from app.modules.shipping.services.shipments import ShipmentService
from app.modules.shipping.services.tracking import FOLLOW, TrackingService

__all__ = [
    "BOOK",
    "FOLLOW",
    "BookingService",
    "CarrierService",
    "LabelService",
    "ShipmentService",
    "TrackingService",
    "Wish",
]
