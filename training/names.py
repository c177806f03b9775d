"""Writes the lists of first and last names that ship, out of Faker's, for two dozen countries.

python training/names.py bot/matching/lists
"""

import argparse
import importlib
from pathlib import Path

LOCALES = (
    "en_US en_GB en_IN en_IE en_NZ en_PK en_KE en_NG es_MX es_ES fr_FR de_DE it_IT pl_PL pt_BR tr_TR "
    "sv_SE nl_NL id_ID vi_VN yo_NG ig_NG zu_ZA ga_IE"
).split()
SHORTEST = 3


def listed(kind: str) -> list[str]:
    """Every name of a kind (`first_names`, `last_names`), in small letters."""
    found: set[str] = set()
    for locale in LOCALES:
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for attribute in dir(provider):
            if attribute.startswith(kind):
                found.update(name.lower() for name in getattr(provider, attribute))
    return sorted(name for name in found if len(name) >= SHORTEST and " " not in name)


def main() -> None:
    """Write both lists."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    for kind in ("first_names", "last_names"):
        (folder / f"{kind}.txt").write_text("\n".join([*listed(kind), ""]), encoding="utf-8")


if __name__ == "__main__":
    main()
