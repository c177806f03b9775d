"""The eight shelves of the menu, for somebody who taps rather than types."""

from enum import StrEnum


class Sector(StrEnum):
    """Where a playbook stands in the menu; the value is what stands in YAML."""

    SAFETY = "safety"
    CONTACT = "contact"
    ATTENTION = "attention"
    UPSET = "upset"
    PARCELS = "parcels"
    SHOP = "shop"
    HOSPITALITY = "hospitality"
    TELEPHONE = "telephone"

    @property
    def label(self) -> str:
        """What a person taps."""
        return _LABELS[self]


_LABELS = {
    Sector.SAFETY: "Someone is in danger",
    Sector.CONTACT: "They want someone or their details",
    Sector.ATTENTION: "Unwanted attention",
    Sector.UPSET: "Someone is upset",
    Sector.PARCELS: "Parcels and delivery",
    Sector.SHOP: "Shop floor",
    Sector.HOSPITALITY: "Guests, food and drink",
    Sector.TELEPHONE: "On the telephone",
}
