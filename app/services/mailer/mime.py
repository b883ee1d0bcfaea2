"""A message as MIME (RFC 5322, RFC 2046): text first, HTML as the alternative."""

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, parseaddr

from app.extensions.context import current_context
from app.services.mailer import MailError, Message


def as_mime(message: Message, sender: str) -> EmailMessage:
    """The mail as it goes out. No CR or LF reaches a header.

    Raises:
        MailError: an address or a subject that no header can hold.
    """
    mime = EmailMessage(policy=SMTP)
    name, address = parseaddr(sender)
    try:
        mime["From"] = Address(name, addr_spec=address)
        mime["To"] = Address(addr_spec=message.to)
        mime["Subject"] = message.subject
        mime["Message-ID"] = f"<{message.key}@{address.rpartition('@')[2]}>"
    except (ValueError, IndexError) as error:
        raise MailError("the address or the subject cannot stand in a header") from error
    mime["Date"] = formatdate(usegmt=True)
    mime["Auto-Submitted"] = "auto-generated"
    context = current_context.get()
    if context is not None:  # who asks about a mail finds what led to it; the same for every try of it
        mime["X-Request-ID"] = str(context.request_id)
        mime["X-Trace-ID"] = context.trace_id
    mime.set_content(message.text)
    mime.add_alternative(message.html, subtype="html")
    return mime
