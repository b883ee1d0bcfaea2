"""docs/events.md shows what is routed and where the code records it."""

from pathlib import Path

from app.extensions.hub_map import hub_map
from app.extensions.priorities import USUAL
from app.installed import INSTALLED
from tools.events import DOCUMENT, emitters, parts, picture
from tools.written import rewritten

RECORDS = """
class Service:
    async def add(self):
        if True:
            self.record(ProductCreated(product_id=1))
            self.record(Unknown())
def outside(uow):
    uow.record(events.ProductCreated(product_id=1))
    other.log(ProductCreated())
def beside():
    return Recorded(event=ProductCreated(product_id=1), tenant_id=2)
"""


class TestDocument:
    """make docs, make check"""

    def test_current(self) -> None:
        """The committed picture and tables are those that the code makes now; else: make docs."""
        text = DOCUMENT.read_text()
        assert rewritten(text, parts()) == text

    def test_stale_is_seen(self) -> None:
        """A picture that lost an arrow is not current."""
        text = DOCUMENT.read_text()
        less = text.replace("    from_catalog", "    from_nobody", 1)
        assert less != text
        assert rewritten(less, parts()) == text


class TestEmitters:
    """Who records an event"""

    def test_found(self, tmp_path: Path) -> None:
        """Every call of `record` or `Recorded` with an installed event is found, by class and function; nothing else is taken for one."""
        (tmp_path / "modules").mkdir()
        (tmp_path / "modules" / "shop.py").write_text(RECORDS)
        assert emitters(tmp_path) == {"catalog.product_created": ["shop.Service.add", "shop.outside", "shop.beside"]}

    def test_other_modules(self) -> None:
        """An event that another module records too is drawn from both."""
        found = emitters()
        drawn = picture(hub_map(INSTALLED, USUAL), found)
        assert any(place.startswith("operators.") for place in found["tenants.tenant_created"])
        assert '    from_operators["operators"] --> tenants_tenant_created' in drawn
        assert '    from_tenants["tenants"] --> tenants_tenant_created' in drawn
        assert (
            '    catalog_product_created -->|default| catalog_handlers_count_created[["catalog.handlers.count_created"]]'
            in drawn
        )
