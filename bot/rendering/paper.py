"""Markdown as a page that prints well, on which whatever people wrote is text."""

from markdown_it import MarkdownIt

from bot.rendering.frames import Frames


def printed(frames: Frames, title: str, markdown: str) -> str:
    """The whole page; a tag that stands in the Markdown is shown as it is."""
    return frames.render("page", title=title, body=MarkdownIt("commonmark", {"html": False}).render(markdown)) + "\n"
