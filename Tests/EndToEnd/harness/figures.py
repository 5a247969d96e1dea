"""Figures that the tests measure; pytest prints them together at its end."""

measured: list[str] = []


def report(what, value, unit="s"):
    shown = f"{value:.2f}" if isinstance(value, float) else str(value)
    measured.append(f"{what}: {shown} {unit}".rstrip())
