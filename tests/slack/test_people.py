import pytest
from slack_sdk.errors import SlackClientError

from bot.services.ports import NotAnswered
from bot.slack.people import KEPT, MOST, SlackPeople


class Client:
    """Slack's users.info, which counts how often it was asked."""

    def __init__(self):
        self.asked, self.up = [], True

    def users_info(self, *, user):
        self.asked.append(user)
        if not self.up:
            raise SlackClientError
        return {"user": {"is_admin": user == "UOWNER", "team_id": "T1"}}


@pytest.fixture
def client():
    return Client()


def test_slack_is_asked_again_of_somebody_once_its_answer_is_old(client):
    now = [0.0]
    people = SlackPeople(client, lambda: now[0])
    for person in ("UOWNER", "UOWNER", "UELSE", "UELSE"):
        assert people.is_admin("T1", person) == (person == "UOWNER")
    assert client.asked == ["UOWNER", "UELSE"]
    now[0] = KEPT
    people.is_admin("T1", "UOWNER")
    assert client.asked == ["UOWNER", "UELSE", "UOWNER"]


def test_slack_is_asked_again_where_it_did_not_answer(client):
    people = SlackPeople(client, lambda: 0.0)
    client.up = False
    with pytest.raises(NotAnswered):
        people.is_admin("T1", "UOWNER")
    client.up = True
    assert people.is_admin("T1", "UOWNER")


def test_only_so_many_people_are_remembered(client):
    people = SlackPeople(client, lambda: 0.0)
    for number in range(MOST + 1):
        people.is_admin("T1", f"U{number}")
    people.is_admin("T1", f"U{MOST}")
    assert len(client.asked) == MOST + 1
    people.is_admin("T1", "U0")
    assert client.asked[-1] == "U0"
