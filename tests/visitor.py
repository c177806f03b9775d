from pathlib import Path

HERE = Path(__file__).parent.parent
SHOTS = HERE / "build" / "screenshots"


class Visitor:
    """Somebody at the page, who also notes what the browser complains about and where it asks."""

    def __init__(self, page, address):
        self.page, self.address = page, address
        self.complaints = []
        page.on(
            "console", lambda line: self.complaints.append(line.text) if line.type in ("error", "warning") else None
        )
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", self._asked)
        page.goto(address)

    def _asked(self, request):
        if not request.url.startswith((self.address, "data:")):
            self.complaints.append(request.url)

    @property
    def composer(self):
        return self.page.locator("#composer")

    @property
    def messages(self):
        return self.page.get_by_role("article")

    @property
    def newest(self):
        return self.messages.last

    @property
    def form(self):
        return self.page.get_by_role("dialog")

    @property
    def drawer(self):
        return self.page.get_by_role("complementary", name="Inspector")

    def type(self, text):
        """Type and send; the message that it brings."""
        self.composer.fill(text)
        return self._brings(lambda: self.composer.press("Enter"))

    def try_one(self, name):
        """Tap a suggestion; the message that it brings."""
        return self._brings(lambda: self.page.get_by_role("button", name=name).click())

    def _brings(self, act):
        seen = self.messages.evaluate_all("found => found.map(one => one.dataset.id)")
        act()
        fresh = "seen => [...document.querySelectorAll('article')].some(one => !seen.includes(one.dataset.id))"
        self.page.wait_for_function(fresh, arg=seen)
        return self.newest

    def tap(self, name):
        """Tap a button of the newest message; the message as its answer changed it."""
        before = self.newest.inner_text()
        self.newest.get_by_role("button", name=name).first.click()
        changed = "before => [...document.querySelectorAll('article')].at(-1).innerText !== before"
        self.page.wait_for_function(changed, arg=before)
        return self.newest

    def become(self, name):
        """Be somebody else."""
        self.page.locator("label", has_text=name).click()
        self.page.get_by_role("radio", name=f"{name}, ", checked=True).wait_for(state="attached")

    def go(self, channel):
        """Open a channel or direct message."""
        self.page.get_by_role("navigation").get_by_role("button", name=channel).click()
        self.page.get_by_role("main").get_by_role("heading", name=channel).wait_for()

    def open_home(self):
        """Open Cuecard's own tab."""
        self.go("Cuecard")
        self.page.get_by_role("tab", name="Home").click()
        self.page.get_by_role("button", name="Ask now").wait_for()

    def send(self, name):
        """Send the form on top."""
        self.form.last.get_by_role("button", name=name, exact=True).click()

    def toggle(self, name):
        """Press one of the playground's own switches."""
        self.page.get_by_role("button", name=name, exact=True).click()

    def shoot(self, name):
        """Keep a picture where a person can look at it."""
        SHOTS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=SHOTS / f"{name}.png", animations="disabled")
