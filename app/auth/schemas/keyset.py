"""Bodies of /.well-known."""

from typing import Literal

from pydantic import ConfigDict, Field

from app.utils.schemas import BaseSchema


class PublicKeyOut(BaseSchema):
    """An Ed25519 public key (RFC 8037)."""

    kty: Literal["OKP"] = Field(description="the kind of key")
    crv: Literal["Ed25519"] = Field(description="the curve")
    x: str = Field(description="the 32 bytes, base64url")
    kid: str = Field(description="the name in the header of tokens")
    alg: Literal["EdDSA"] = Field(description="the only algorithm it is for")
    use: Literal["sig"] = Field(description="it verifies signatures")


class KeySetOut(BaseSchema):
    """A JSON Web Key Set."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "keys": [
                    {
                        "kty": "OKP",
                        "crv": "Ed25519",
                        "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
                        "kid": "2026-11",
                        "alg": "EdDSA",
                        "use": "sig",
                    }
                ]
            }
        }
    )

    keys: list[PublicKeyOut] = Field(description="those that verify now; the secret ones are never among them")
