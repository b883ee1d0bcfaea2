"""The settings of outside systems: mail, payments, files."""

from typing import Annotated, Literal, Self

from pydantic import Field, SecretStr, model_validator

from app.config.section import Positive, Section


class Mail(Section):
    """How mail leaves: as files, by SMTP or by Amazon SES."""

    adapter: Literal["local", "smtp", "ses"] = Field(description="local: files that `manage mail` lists")
    sender: str = Field(min_length=3, description="what stands in From")
    brand: str = Field(min_length=1, description="the product's name, as mails say it")
    color: str = Field(pattern="^#[0-9a-fA-F]{6}$", description="of the brand, in mails")
    support: str = Field(description="where people get help: an address or a URL; the last line of every mail")
    folder: str = Field(description="of the local adapter: where the files go")
    smtp_host: str = Field(description="of the SMTP adapter: the server")
    smtp_port: Annotated[int, Field(gt=0, lt=65536)] = Field(description="its port")
    smtp_security: Literal["tls", "starttls", "none"] = Field(description="none is for a relay on the same machine")
    smtp_username: str = Field(default="", description="empty: no sign-in")
    smtp_password: SecretStr = Field(default=SecretStr(""), description="of the sign-in")
    ses_region: str = Field(description="of the SES adapter; credentials come from the environment as boto3 reads it")
    timeout_seconds: Positive = Field(description="of one hand-over, all in all")


class Payments(Section):
    """Who moves money for orders."""

    adapter: Literal["none", "local"] = Field(
        default="none", description="none: orders cannot be paid; local: made-up cards, which production refuses"
    )
    folder: str = Field(default=".atrium/payments", description="of the local adapter: where it notes what it did")


class Orders(Section):
    """What becomes of orders by themselves."""

    unpaid_hours: int = Field(
        default=24, ge=0, le=8760, description="how long an order may stay unpaid before it is cancelled; 0: for ever"
    )


class Files(Section):
    """Where files of tenants are kept: in a folder, or in a bucket."""

    adapter: Literal["local", "s3"] = Field(
        default="local", description="local: a folder, which all processes must share; s3: Amazon S3 or the like"
    )
    folder: str = Field(default=".atrium/files", description="of the local adapter: where the files lie")
    base_url: str = Field(
        default="",
        pattern=r"^(https?://[^/?#]+(/[^?#]*[^/?#])?)?$",
        description="of the local adapter: where clients reach the API, for its links; empty: links begin with the path",
    )
    s3_bucket: str = Field(default="", description="of the s3 adapter: the bucket, which is nobody else's")
    s3_region: str = Field(default="", description="its region; empty: as boto3 finds it, as it does credentials")
    s3_endpoint: str = Field(default="", description="where it is, if it is not Amazon's")
    timeout_seconds: Positive = Field(
        default=10.0, description="how long S3 may take to connect, and between two bytes"
    )

    @model_validator(mode="after")
    def _is_somewhere(self) -> Self:
        if self.adapter == "s3" and not self.s3_bucket:
            raise ValueError("s3 needs s3_bucket")
        return self
