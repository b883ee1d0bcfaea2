"""Mails from templates (Jinja2). One file says what a mail says; the two layouts, and with them the brand, stand once.

A template extends `layout` and fills the blocks subject, intro and, where there is something to click, action and outro;
`link` is the address. Values are escaped in HTML; a line break in a value never reaches the subject.
"""

from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app.config import Mail
from app.services.mailer import Message

APP = Path(__file__).resolve().parents[2]
LAYOUTS = "services/mailer/templates/layout"


def render(template: str, *, to: str, key: str, settings: Mail, **values: Any) -> Message:
    """The message that a template makes; `template` is named from the folder of the application, without its ending.

    Raises:
        jinja2.TemplateError: a template that is not there, or a value that it needs and was not given.
    """
    given = {"link": None, **values, "brand": settings.brand, "color": settings.color, "support": settings.support}
    forms = {}
    for form in ("txt", "html"):
        layout = f"{LAYOUTS}.{form}.jinja"
        forms[form] = _environment(form == "html").get_template(f"{template}.jinja").render(layout=layout, **given)
    plain = _environment(False).get_template(f"{template}.jinja")
    subject = "".join(plain.blocks["subject"](plain.new_context({"layout": f"{LAYOUTS}.txt.jinja", **given})))
    return Message(to=to, subject=" ".join(subject.split()), text=forms["txt"], html=forms["html"], key=key)


@lru_cache(maxsize=2)
def _environment(autoescape: bool) -> Environment:
    return Environment(
        loader=FileSystemLoader(APP),
        autoescape=autoescape,  # noqa: S701 - on for HTML; text has nothing to escape
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
