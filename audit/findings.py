from dataclasses import dataclass, field


@dataclass
class Result:
    """What one checker looked at and found. `figures`: what the table says beside it."""

    name: str
    looked_at: str = ""
    figures: str = ""
    findings: list[str] = field(default_factory=list)
