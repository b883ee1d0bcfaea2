"""A module that somebody adds, written into a folder of a test's own; and the mistakes that they may make in it."""

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from types import ModuleType

from sqlalchemy import Table
from sqlalchemy.schema import CreateTable

from app.db.base import Base
from app.db.rls import protect
from app.extensions.module import Module
from app.migrations.render import DIALECT

SOURCE = '''
from typing import Annotated, ClassVar
from uuid import UUID
from dataclasses import dataclass
from enum import StrEnum

from fastapi import Depends
from pydantic import Field
from sqlalchemy import String, UniqueConstraint, Uuid, bindparam, select
from sqlalchemy.orm import Mapped, mapped_column

from app.auth.commons import Commons
from app.auth.deps import commons_deps
from app.auth.permissions import access_control
from app.db.base import Base, TableKind, app_owns
from app.db.mixins import IdMixin, TenantMixin
from app.db.query import Query
from app.db.repository import Repository
from app.exceptions import NotFound
from app.extensions.module import Module, Permission, SystemRole
from app.extensions.routing import ModuleRouter
from app.extensions.views import cbv
from app.utils.schemas import BaseSchema


class Gadget(TenantMixin, IdMixin, Base):
    """Something that a tenant has."""

    __tablename__ = "gadgets"
    __grants__: ClassVar = app_owns()
    __table_args__ = (UniqueConstraint("tenant_id", "label", name="uq_gadgets_label"),)

    label: Mapped[str] = mapped_column(String(60))


@dataclass(slots=True)
class GadgetOut:
    """One of them."""

    id: Annotated[UUID, Field(description="its id", examples=["01970000-0000-7000-8000-000000000000"])]
    label: Annotated[str, Field(description="its label", examples=["a"])]


class GadgetCreate(BaseSchema):
    """A new one."""

    label: Annotated[str, Field(description="its label", max_length=60, examples=["a"])]


class GadgetRepository(Repository[Gadget]):
    """Those of the bound tenant."""

    model = Gadget


OF_TENANT = Gadget.tenant_id == bindparam("tenant_id")
LISTED = Query(select(Gadget.id, Gadget.label).where(OF_TENANT), GadgetOut)


class GadgetPermission(StrEnum):
    """What may be done with them."""

    READ = "gadgets.gadgets:read"
    WRITE = "gadgets.gadgets:write"


router = ModuleRouter(prefix="/gadgets", tag="gadgets")


@cbv(router)
class GadgetViews:
    """Those of the chosen tenant."""

    commons: Commons = Depends(commons_deps)

    @router.get("/{gadget_id}", summary="Get a gadget")
    @access_control(permission=GadgetPermission.READ)
    async def get_gadget(self, gadget_id: UUID) -> GadgetOut:
        """One."""
        found = await GadgetRepository(self.commons.uow).get(gadget_id)
        if found is None:
            raise NotFound
        return GadgetOut(found.id, found.label)

    @router.post("", status_code=201, summary="Create a gadget")
    @access_control(permission=GadgetPermission.WRITE)
    async def create_gadget(self, body: GadgetCreate) -> GadgetOut:
        """A new one."""
        made = Gadget(label=body.label)
        await GadgetRepository(self.commons.uow).add(made)
        return GadgetOut(made.id, made.label)


MODULE = Module(
    name="gadgets",
    routers=(router,),
    permissions=(
        Permission(GadgetPermission.READ, "see gadgets", SystemRole.VIEWER),
        Permission(GadgetPermission.WRITE, "make gadgets", SystemRole.MEMBER),
    ),
)
'''
_numbers = count(1)


@dataclass(frozen=True)
class Newcomer:
    """The module, and its table as it would be migrated."""

    code: ModuleType
    table: Table

    @property
    def manifest(self) -> Module:
        """What goes into app/installed.py."""
        manifest = self.code.MODULE
        assert isinstance(manifest, Module)
        return manifest

    def migration(self, *, protected: bool = True) -> list[str]:
        """The statements of its migration, with or without those of `protect`."""
        made = str(CreateTable(self.table).compile(dialect=DIALECT))
        return [made, *protect(self.table)] if protected else [made]


@contextmanager
def newcomer(folder: Path, *patches: tuple[str, str]) -> Iterator[Newcomer]:
    """The module with these words of it exchanged, imported; its table is forgotten afterwards.

    Raises:
        TypeError and others: what the house refuses when it is imported.
    """
    source, name = SOURCE, f"gadgets_{next(_numbers)}"
    for old, new in patches:
        assert source.count(old) == 1, f"the patch no longer applies: {old}"
        source = source.replace(old, new)
    (folder / f"{name}.py").write_text(source)
    sys.path.insert(0, str(folder))
    importlib.invalidate_caches()
    try:
        code = importlib.import_module(name)
        yield Newcomer(code, Base.metadata.tables["gadgets"])
    finally:
        sys.path.remove(str(folder))
        sys.modules.pop(name, None)
        if "gadgets" in Base.metadata.tables:
            Base.metadata.remove(Base.metadata.tables["gadgets"])
