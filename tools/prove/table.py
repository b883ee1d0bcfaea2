"""All guards, in groups. A new one is one entry."""

from tools.prove.delivery_guards import DELIVERIES
from tools.prove.entry_guards import ENTRY
from tools.prove.order_guards import ORDERS
from tools.prove.request_guards import REQUESTS
from tools.prove.shipping_guards import SHIPPING
from tools.prove.tenant_guards import TENANTS

GUARDS = (*TENANTS, *ENTRY, *REQUESTS, *DELIVERIES, *ORDERS, *SHIPPING)
