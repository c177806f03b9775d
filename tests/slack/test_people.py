import pytest
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.services.ports import NotAnswered
from bot.slack.people import DOWN, KEPT, MOST, SlackPeople


class Client:
    """Slack's users.info, which counts how often it was asked."""

    def __init__(self):
        self.asked, self.fault, self.more = [], None, {}

    def users_info(self, *, user):
        self.asked.append(user)
        if self.fault:
            raise self.fault
        return {"user": {"is_admin": user == "UOWNER", "team_id": "T1", **self.more}}


class Own:
    def is_own(self, team):
        return team == "T1"


@pytest.fixture
def client():
    return Client()


@pytest.fixture
def now():
    return [0.0]


@pytest.fixture
def people(client, now):
    return SlackPeople(client, Own(), lambda: now[0])


def test_slack_is_asked_again_of_somebody_once_its_answer_is_old(people, client, now):
    for person in ("UOWNER", "UOWNER", "UELSE", "UELSE"):
        assert people.is_admin("T1", person) == (person == "UOWNER")
    assert client.asked == ["UOWNER", "UELSE"]
    now[0] = KEPT
    people.is_admin("T1", "UOWNER")
    assert client.asked == ["UOWNER", "UELSE", "UOWNER"]


def test_that_slack_does_not_answer_is_remembered_for_some_seconds_whoever_asks(people, client, now):
    client.fault = SlackClientError()
    for person in ("UOWNER", "UOWNER", "UELSE"):
        with pytest.raises(NotAnswered):
            people.is_admin("T1", person)
    assert client.asked == ["UOWNER"]
    client.fault, now[0] = None, DOWN
    assert people.is_admin("T1", "UOWNER")


def refused(code, status=200, **headers):
    response = {"error": code}

    class Response(dict):
        data, status_code = response, status

    found = Response(response)
    found.headers = headers
    return SlackApiError("no", found)


def test_slack_is_left_alone_for_as_long_as_it_says(people, client, now):
    client.fault = refused("ratelimited", 429, **{"Retry-After": "30"})
    with pytest.raises(NotAnswered):
        people.is_admin("T1", "UOWNER")
    client.fault, now[0] = None, 29.0
    with pytest.raises(NotAnswered):
        people.is_admin("T1", "UOWNER")
    now[0] = 30.0
    assert people.is_admin("T1", "UOWNER")


def test_somebody_whom_slack_does_not_know_keeps_nobody_else_waiting(people, client):
    client.fault = refused("user_not_found")
    assert not people.is_admin("T1", "UGHOST")
    client.fault = None
    assert people.is_admin("T1", "UOWNER")


@pytest.mark.parametrize("workspace", ["", "T9"])
def test_nobody_reigns_in_another_workspace_or_in_none(people, client, workspace):
    assert not people.is_admin(workspace, "UOWNER")
    assert client.asked == []


@pytest.mark.parametrize("more", [{"team_id": "T9"}, {"team_id": None}, {"deleted": True}])
def test_a_rank_elsewhere_or_of_the_past_is_none_here(people, client, more):
    client.more = more
    assert not people.is_admin("T1", "UOWNER")


def test_in_an_organisation_the_workspaces_that_somebody_was_put_in_count(people, client):
    client.more = {"team_id": "T9", "enterprise_user": {"teams": ["T1", "T9"]}}
    assert people.is_admin("T1", "UOWNER")


def test_only_so_many_people_are_remembered(people, client):
    for number in range(MOST + 1):
        people.is_admin("T1", f"U{number}")
    people.is_admin("T1", f"U{MOST}")
    assert len(client.asked) == MOST + 1
    people.is_admin("T1", "U0")
    assert client.asked[-1] == "U0"
