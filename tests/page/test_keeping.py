"""A manager keeps a playbook from Home, in a real browser at a phone's width."""


def test_a_manager_changes_a_playbook_from_home(visit):
    visitor = visit()
    page, form = visitor.page, visitor.form
    visitor.become("Jo")
    visitor.go("Cuecard")
    page.get_by_role("tab", name="Home").click()
    page.get_by_role("button", name="Playbooks").first.click()
    page.get_by_role("button", name="Change", exact=True).last.click()
    form.get_by_text("page 1 of").wait_for()
    page.set_viewport_size({"width": 390, "height": 844})
    visitor.shoot("editor-1")
    form.get_by_role("button", name="Next").click()
    form.get_by_text("page 2 of").wait_for()
    visitor.shoot("editor-2")
    form.get_by_role("button", name="Preview").click()
    page.get_by_role("heading", name="As staff will see it").wait_for()
    visitor.shoot("editor-preview")
