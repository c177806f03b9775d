"""What everybody is answered from before anything is learnt: no playbook, and each site's own numbers once read."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.domain.asker import Asker
from bot.domain.site import Site
from bot.services.at_site import honest, place, unnumbered
from bot.services.ports import Kept
from bot.services.shelf import Shelf


class Unlearnt:
    """Every workspace's shelf without a card; nobody sees a made-up number, or one before the sites were read."""

    def __init__(self, bare: Shelf) -> None:
        """`bare` holds no card, and the policy of policy.yaml."""
        self._bare = bare
        self._shipped = place(replace(bare, policy=unnumbered(bare.policy)), (), {})
        self._own: dict[str, Shelf] = {}

    def read(self, kept: Kept) -> None:
        """Take up the sites and the choices of every workspace. Raises NotKept."""
        for workspace in kept.changes.workspaces():
            sites = [replace(site, policy=honest(site.policy)) for site in kept.sites.all(workspace)]
            self._own[workspace] = self._placed(sites, kept.sites.choices(workspace))
        self._shipped = self._placed((), {})

    def at(self, asker: Asker) -> Shelf:
        """The view that somebody is answered from."""
        return self._own.get(asker.workspace, self._shipped).at(asker)

    def _placed(self, sites: Sequence[Site], choices: Mapping[str, str]) -> Shelf:
        return place(replace(self._bare, policy=honest(self._bare.policy)), sites, choices)
