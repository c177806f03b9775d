import dataclasses
import json
import re
import subprocess
import sys

import pytest
from click.testing import CliRunner

from bot.cli import COMMANDS, cuecard
from bot.cli.ready import refuse_fiction, require_ready
from bot.domain.problem import Refused
from bot.domain.site import Site
from bot.library.load import parse_policy
from bot.library.write import write_policy
from bot.services.at_site import OVERRULED
from bot.services.check import check
from bot.services.shelves import ship
from bot.serving import build_kept
from bot.settings import Settings, SettingsError
from bot.storage.database import connect
from bot.storage.schema import migrate

STEVE = "client demands steve's cell, he's off today"


def run(*words, **more):
    return CliRunner().invoke(cuecard, list(words), **more)


def test_ask_shows_the_card():
    found = run("ask", *STEVE.split())
    assert found.exit_code == 0
    for part in ("Client demands a coworker's personal number", "I can't give out personal numbers", "In danger?"):
        assert part in found.output


def test_ask_as_json_gives_the_answer_and_the_blocks():
    found = json.loads(run("ask", "--json", STEVE).stdout)
    assert found["candidates"][0]["id"] == "coworker-personal-number"
    assert found["blocks"][0]["type"] == "header"


def test_the_loop_climbs_the_rungs_chooses_and_leaves():
    found = run("ask", input=f"{STEVE}\nf\nf\nf\no\n1\nm\n1\nn\nhelp\n\nq\n")
    assert found.exit_code == 0
    assert "You have said it all" in found.output
    assert "Which of these is it?" in found.output
    assert "What is happening?" in found.output
    assert "I have no approved words" in found.output


def test_the_loop_ends_with_its_input():
    assert run("ask", input=STEVE).exit_code == 0


def test_match_answers_line_by_line_in_order():
    texts = [STEVE, "he has a knife", "printer is out of toner", ""]
    found = run("match", input="".join(json.dumps({"text": text}) + "\n" for text in texts))
    rows = [json.loads(line) for line in found.stdout.splitlines()]
    assert [row["text"] for row in rows] == texts
    assert rows[0]["playbook"] == rows[0]["candidates"][0]["id"] == "coworker-personal-number"
    assert rows[1]["safety"] == "weapon-robbery-threat"
    assert rows[2]["decision"] == "unknown"
    assert all(len(row["candidates"]) <= 5 for row in rows)
    assert set(rows[0]) == {"text", "decision", "playbook", "candidates", "safety", "asks", "ms"}


def test_another_process_answers_the_same():
    script = "from bot.cli import cuecard; cuecard(['match'])"
    asked = "\n".join(json.dumps({"text": text}) for text in ("client wants steves cell", "he has a knife", "printer"))
    there = subprocess.run([sys.executable, "-c", script], input=asked, capture_output=True, text=True, check=True)
    first, second = (
        [{**json.loads(line), "ms": 0} for line in said.splitlines()]
        for said in (run("match", input=asked).stdout, there.stdout)
    )
    assert len(first) == 3
    assert first == second


def test_match_takes_phrases_in_place_of_playbooks(tmp_path):
    file = tmp_path / "phrases.jsonl"
    file.write_text(
        '{"id": "a", "phrases": ["late parcel", "no delivery"]}\n{"id": "b", "phrases": ["card declined"]}\n'
    )
    found = run("match", "--phrases", str(file), input='{"text": "my card was declined"}\n')
    row = json.loads(found.stdout)
    assert row["candidates"][0]["id"] == "b"
    assert row["safety"] is None


@pytest.mark.parametrize("line", ["nonsense", "[]", "{}", '{"txt": 1}', '{"text": null}', "[" * 100_000])
def test_match_says_which_line_is_none_and_goes_on(line):
    found = run("match", input=f'{line}\n\n{{"text": "my card was declined"}}\n')
    assert found.exit_code == 1
    wrong, right = map(json.loads, found.stdout.splitlines())
    assert wrong["error"].startswith("Line 1: write one JSON object here")
    assert right["playbook"] == "card-declined"


def test_match_prints_what_the_screen_shows():
    texts = ["guy wants his money back", "asdkjh qwe zxc", "card was declined"]
    found = run("match", input="".join(json.dumps({"text": text}) + "\n" for text in texts))
    for text, row in zip(texts, map(json.loads, found.stdout.splitlines()), strict=True):
        screen = json.loads(run("ask", "--json", text).stdout)["blocks"]
        heads = [block["text"]["text"] for block in screen if block["type"] in ("header", "section")]
        assert {"choice": "Which of these", "unknown": "no approved words"}.get(
            row["decision"], "Card declined"
        ) in str(heads)


def test_schema_prints_what_stands_in_the_folder():
    assert run("schema").stdout == (Settings.from_env({}).playbooks / "schema.json").read_text()


def test_check_finds_the_shipped_library_well():
    found = run("check")
    assert found.output.splitlines()[-1].startswith("All well"), found.output
    assert found.exit_code == 0


def test_check_tells_every_problem_and_fails(tmp_path):
    shipped = Settings.from_env({}).playbooks
    (tmp_path / "policy.yaml").write_bytes((shipped / "policy.yaml").read_bytes())
    card = (shipped / "card-declined.yaml").read_text()
    (tmp_path / "card-declined.yaml").write_text(card.replace("next: ", "next: no-such-card # "))
    (tmp_path / "bad-one.yaml").write_text("phrase: [x]")
    found = run("check", "--playbooks", str(tmp_path), "--json")
    fields = {(problem["file"], problem["field"]) for problem in json.loads(found.stdout)}
    assert ("bad-one.yaml", "phrase") in fields
    assert ("card-declined.yaml", "next") not in fields  # held back until all is read
    assert found.exit_code == 1


@pytest.mark.parametrize("wording", ["{{ name < 'm' }}", "{{ name|upper('x') }}", "{{ name|upper(*name) }}"])
def test_check_names_file_and_line_of_a_wording_that_could_not_be_said(tmp_path, wording):
    shipped = Settings.from_env({}).playbooks
    (tmp_path / "policy.yaml").write_bytes((shipped / "policy.yaml").read_bytes())
    card = (shipped / "card-declined.yaml").read_text().replace("posture: ", f"posture: Look. {wording} ")
    named = "details:\n  name: {find: person, ask: Who is it?}\n"
    (tmp_path / "card-declined.yaml").write_text(card.replace("posture: ", f"{named}posture: ", 1))
    line = card.count("\n", 0, card.index("posture: ")) + 3
    found = run("check", "--playbooks", str(tmp_path))
    assert found.exit_code == 1
    assert "card-declined.yaml" in found.output
    assert re.search(rf" {line}:\d+  posture ", found.output), found.output


def test_check_without_a_policy_fails_in_a_sentence(tmp_path):
    found = run("check", "--playbooks", str(tmp_path))
    assert found.exit_code == 1
    assert "copy the shipped one" in found.output


def test_doctor_looks_at_the_numbers_of_every_stored_site(monkeypatch, tmp_path, bot):
    url = f"sqlite:///{tmp_path / 'cuecard.db'}"
    migrate(connect(url))
    monkeypatch.setenv("DATABASE_URL", url)
    kept = build_kept(Settings.from_env())
    own = dataclasses.replace(
        bot.library.policy, emergency_number="112", duty_phone="020 7946 0018", work_number="020 7946 0000"
    )
    for name, policy in (
        ("Harbour", own),
        ("Abbey", dataclasses.replace(own, emergency_number="")),
        ("Castle", bot.library.policy),
    ):
        kept.sites.save(Site(workspace="T1", id=name.lower(), name=name, policy=policy))
    found = run("doctor").output
    assert "ok    numbers of Harbour" in found
    assert "MISS  Abbey: emergency_number not set" in found
    assert "MISS  Castle: " in found
    assert "policy.yaml first" not in found
    assert f"ok    {OVERRULED}" in found


def test_doctor_says_what_is_missing_and_how_to_get_it(monkeypatch):
    for name in ("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_APP_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    found = run("doctor")
    assert found.exit_code == 1
    for part in (
        "SLACK_BOT_TOKEN is not set",
        "Put your own work_number, duty_phone, emergency_number",
        "playbooks in",
    ):
        assert part in found.output


def test_serve_says_that_sites_kept_in_slack_stand_in_for_the_file(monkeypatch, tmp_path, bot, caplog, api):
    for name, value in (
        ("SLACK_API_URL", api.url),
        ("SLACK_BOT_TOKEN", "xoxb-made-up"),
        ("SLACK_SIGNING_SECRET", "made-up"),
        ("DATABASE_URL", f"sqlite:///{tmp_path / 'cuecard.db'}"),
    ):
        monkeypatch.setenv(name, value)
    migrate(connect(Settings.from_env().database_url))
    own = dataclasses.replace(
        bot.library.policy, emergency_number="112", duty_phone="020 7946 0018", work_number="020 7946 0000"
    )
    folder = tmp_path / "playbooks"
    folder.mkdir()
    (folder / "policy.yaml").write_text(write_policy(own))
    monkeypatch.setenv("CUECARD_PLAYBOOKS", str(folder))
    require_ready(Settings.from_env(), over_socket=False)
    assert OVERRULED not in caplog.messages
    build_kept(Settings.from_env()).sites.save(Site(workspace="T1", id="harbour", name="Harbour", policy=own))
    require_ready(Settings.from_env(), over_socket=False)
    assert caplog.messages.count(OVERRULED) == 1


@pytest.mark.parametrize(
    ("env", "sentence"),
    [
        ({}, "SLACK_BOT_TOKEN"),
        ({"SLACK_BOT_TOKEN": "xoxp-1"}, "xoxb-"),
        ({"SLACK_BOT_TOKEN": "xoxb-1"}, "SLACK_SIGNING_SECRET"),
        ({"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "s"}, "555 01xx"),
        ({"PORT": "eighty"}, "PORT"),
    ],
)
def test_serve_refuses_to_start_half_set_up(monkeypatch, env, sentence):
    for name in ("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_APP_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    found = run("serve")
    assert isinstance(found.exception, SettingsError)
    assert sentence in str(found.exception)


def test_the_demos_numbers_are_refused_and_real_ones_are_not(bot):
    with pytest.raises(SettingsError, match="emergency_number"):
        refuse_fiction(bot.shelf.policy)
    refuse_fiction(
        dataclasses.replace(bot.shelf.policy, work_number="020 7946 1", duty_phone="07700 1", emergency_number="999")
    )


def test_secrets_never_show_in_settings():
    settings = Settings.from_env(
        {"SLACK_BOT_TOKEN": "xoxb-1", "DATABASE_URL": "postgresql://u:pw@h/d", "SLACK_SIGNING_SECRET": "s3"}
    )
    for secret in ("xoxb-1", "pw@", "s3"):
        assert secret not in repr(settings)


def test_migrate_makes_the_database(tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'x.db'}")
    assert run("migrate").output == "The database is ready.\n"


def test_explain_tells_what_was_mended_what_came_near_and_why():
    found = run("explain", "custmer wants daves cel").output
    for part in (
        "mended: custmer → customer",
        "coworker-personal-number",
        "nearest phrase",
        "Words that carried it",
        "No danger",
    ):
        assert part in found


def test_explain_tells_why_danger_came_first():
    assert "lexicon of weapon-robbery-threat" in run("explain", "he has a knife").output
    assert "nothing in it to compare" in run("explain", "🙂").output


def test_eval_reports_the_librarys_health():
    found = run("eval").output
    assert "right playbook first" in found
    assert "Playbooks that take each other's phrases" in found


def test_eval_leaves_no_part_of_its_report_empty():
    found = run("eval").output.rstrip()
    for part in ("each other's phrases:", "Hard to find:"):
        assert found.partition(part)[2].lstrip("\n").startswith("  ")


def test_eval_prints_the_safety_table_and_draws_a_page():
    table = run("eval", "--safety").output
    assert "medical-emergency" in table
    assert "no danger: alarming words" in table
    page = run("eval", "--html").output
    assert page.startswith("<!doctype html>")
    assert page.count("<circle") > 3


def test_the_booklet_holds_every_card_once(bot):
    page = run("ask", "--all").output
    titles = [line.removeprefix("### ") for line in page.splitlines() if line.startswith("### ")]
    assert len(titles) == len(set(titles)) == len(bot.shelf.cards) + 10
    assert "{{" not in page
    found = run("ask", "--html")
    assert found.stdout.startswith("<!doctype html>")
    assert found.stderr == ""


def test_the_booklet_of_words_that_are_to_be_mended_says_so(tmp_path, monkeypatch):
    shipped = Settings.from_env({}).playbooks
    (tmp_path / "policy.yaml").write_bytes((shipped / "policy.yaml").read_bytes())
    card = (shipped / "card-declined.yaml").read_text()
    (tmp_path / "card-declined.yaml").write_text(re.sub("posture: .*", "posture: Breathe. <script>x</script>", card))
    monkeypatch.setenv("CUECARD_PLAYBOOKS", str(tmp_path))
    found = run("ask", "--html")
    assert "to mend: card-declined.yaml:" in found.stderr
    assert "<script>" not in found.stdout
    assert "&lt;script&gt;" in found.stdout


def test_danger_is_answered_even_when_the_policy_is_gone(tmp_path, monkeypatch):
    monkeypatch.setenv("CUECARD_PLAYBOOKS", str(tmp_path))
    found = run("ask", "he has a knife")
    assert "Threat, weapon or robbery" in found.output
    assert "In danger?" in found.output
    assert isinstance(found.exception, Refused)


@pytest.mark.parametrize(
    ("name", "value"),
    [("who_is_told", "shift lead"), ("gifts", "refuse"), ("dating_customers", "ask_hr"), ("may_call_on_day_off", "no")],
)
def test_a_workplace_with_its_own_policy_passes_the_gate(bot, name, value):
    shipped = (Settings.from_env({}).playbooks / "policy.yaml").read_text()
    policy = parse_policy(re.sub(rf"(?m)^{name}: .*$", f"{name}: {value}", shipped).encode())
    assert policy != bot.library.policy
    library = dataclasses.replace(bot.library, policy=policy)
    shipped, problems = ship(library, bot.shelf.frames, bot.compiler, bot.shelf)
    assert problems == check(library, shipped.shelf, bot.compiler) == ()


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_help_teaches_by_example_in_whole_lines(name):
    found = run(name, "--help")
    assert found.exit_code == 0
    assert "Usage:" in found.output
    assert f"cuecard {name}" in found.output.split("\n", 1)[1]
    assert "\\b" not in found.output
    assert "\b" not in found.output


def test_the_list_of_commands_says_of_each_in_a_whole_sentence_what_it_does():
    listed = run("--help").output.split("Commands:\n")[1].splitlines()
    assert len(listed) == len(COMMANDS)
    assert all(line.endswith(".") and not line.endswith("...") for line in listed)


def test_doctor_looks_at_slack_its_clock_the_duty_channel_the_cache_and_the_database(monkeypatch, tmp_path, api):
    url = f"sqlite:///{tmp_path / 'cuecard.db'}"
    migrate(connect(url))
    for name, value in {
        "DATABASE_URL": url,
        "SLACK_API_URL": api.url,
        "SLACK_BOT_TOKEN": "xoxb-made-up",
        "CUECARD_DUTY_CHANNEL": "C0BREAK",
    }.items():
        monkeypatch.setenv(name, value)
    found = run("doctor").output
    for line in (
        "ok    Slack knows the token: workspace The Lantern",
        "ok    the clock agrees with Slack's",
        "MISS  Calls for the boss do not reach the duty channel (not_in_channel): Cuecard is not in it",
        "ok    `cuecard serve` tells calls again by itself; `cuecard worker` need not run beside it",
        "ok    database is ready",
        "ok    cache in ",
    ):
        assert line in found
    monkeypatch.setenv("CUECARD_DUTY_CHANNEL", "")
    assert "ok    CUECARD_DUTY_CHANNEL is not set" in run("doctor").output
