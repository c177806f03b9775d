import gzip
import shutil
import subprocess

import pytest
from visitor import HERE

PAGE = HERE / "bot/playground/page"


@pytest.fixture(scope="module")
def node():
    found = shutil.which("node")
    if found is None or not (HERE / "page/node_modules").exists():
        pytest.skip("Node or the page's parts are not installed (make page, with Node 20 or newer)")
    return found


def files(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_what_is_committed_is_what_the_source_builds(node, tmp_path):
    subprocess.run([node, "build.mjs", "--out", tmp_path], cwd=HERE / "page", check=True, capture_output=True)
    assert files(tmp_path) == files(PAGE), "run make page, and commit what it builds"


def test_the_source_is_of_one_type_with_itself(node):
    found = subprocess.run(
        [node, "node_modules/typescript/bin/tsc"], cwd=HERE / "page", capture_output=True, text=True, check=False
    )
    assert found.stdout == ""


def test_slacks_markup_is_read_as_slack_reads_it(node):
    found = subprocess.run([node, "test.mjs"], cwd=HERE / "page", capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout


def test_the_page_weighs_less_than_400_kb_packed():
    assert sum(len(gzip.compress(held)) for held in files(PAGE).values()) < 400_000


def test_the_page_asks_nothing_of_other_machines():
    held = b"".join(files(PAGE).values())
    for found in (b"https://", b"http://"):
        after = held.split(found)[1:]
        assert {part[:11] for part in after} <= {b"www.w3.org/", b"www.w3.org"[:11]}, found
