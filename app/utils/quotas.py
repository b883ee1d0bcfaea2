"""How many requests are allowed, and how that is told."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Quota:
    """So many requests in so many seconds, by the name that clients see."""

    name: str
    requests: int
    seconds: int

    @property
    def policy(self) -> str:
        """As RateLimit-Policy says it."""
        return f'"{self.name}";q={self.requests};w={self.seconds}'

    def headers(self, left: int, wait: int) -> dict[str, str]:
        """How it stands (the IETF draft for RateLimit headers): so many are left, and in `wait` seconds all are again."""
        return {"RateLimit-Policy": self.policy, "RateLimit": f'"{self.name}";r={left};t={wait}'}
