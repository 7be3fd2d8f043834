"""The admin works under its Content-Security-Policy. Fails when an upgrade brings a new inline piece."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from tests import makers

Open = Callable[..., Any]
Watched = Callable[[Any], list[str]]


def test_the_policy_allows_nothing_inline_but_what_it_names(client: Any, db: None) -> None:
    policies = {
        address: dict(
            part.strip().split(" ", 1)
            for part in client.get(address).headers["Content-Security-Policy"].split(";")
        )
        for address in (reverse("admin:login"), "/en/about/")
    }

    for policy in policies.values():
        assert policy["default-src"] == "'none'"
        assert "unsafe" not in " ".join(policy.values())
    of_admin, of_site = policies.values()
    assert of_site["script-src"] == of_site["style-src"] == "'self'"
    assert [len(of_admin[name].split()) for name in ("script-src", "style-src")] == [2, 2]


@pytest.mark.parametrize("width", [360, 1280])
def test_lists_and_forms_work_under_the_policy(
    width: int, open_browser: Open, watched: Watched, chief: Any, live_server: Any
) -> None:
    long = "Modernisation of the checkpoints on the border and of every road that leads to them"
    project, event = makers.make_project(**makers.in_three("name", long)), makers.make_event()
    draft, live = makers.make_edition(state="draft"), makers.make_edition(language="en")
    makers.make_commitment(project, live.statement, **makers.in_three("text", long))
    makers.make_image("A_name_of_a_file_without_a_single_place_to_break_it.jpg")
    page = open_browser(chief, width=width).new_page()
    heard = watched(page)

    for address in [
        reverse("admin:index"),
        reverse("admin:projects_project_changelist"),
        reverse("admin:projects_project_change", args=[project.pk]),
        reverse("admin:projects_project_step", args=[project.pk, "remove"]),
        reverse("admin:events_event_change", args=[event.pk]),
        reverse("admin:directory_person_add"),
        reverse("admin:media_image_changelist"),
        reverse("admin:media_image_add"),
        reverse("admin:ledger_commitment_changelist"),
        reverse("admin:publishing_auditentry_changelist"),
        reverse("admin:articles_import"),
        reverse("admin:articles_statement_changelist"),
        reverse("admin:articles_statement_add"),
        reverse("admin:articles_edition_change", args=[draft.pk]),
        reverse("admin:articles_edition_change", args=[live.pk]),
        reverse("admin:ledger_statuschange_add"),
        reverse("admin:password_change"),
        reverse("admin:account"),
        reverse("admin:second_factor_add"),
    ]:
        assert page.goto(address).ok, address
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        assert heard == [], address


def test_the_parts_that_move_work_under_the_policy(
    open_browser: Open, watched: Watched, chief: Any, live_server: Any
) -> None:
    event = makers.make_event()
    makers.make_project("kambar-ata")
    page = open_browser(chief).new_page()
    heard = watched(page)
    page.goto(reverse("admin:events_event_change", args=[event.pk]))

    page.locator("#id_projects + .select2 .select2-search__field").fill("KAMBAR")
    page.locator(".select2-results__option", has_text="Kambar ata (en)").click()
    page.locator("#calendarlink0").click()
    page.locator("#calendarbox0 .calendar td a").first.click()
    page.locator(".theme-toggle").click()

    assert page.evaluate("document.documentElement.dataset.theme") in {"dark", "light"}
    assert page.locator("#id_projects option:checked").count() == 1
    page.locator("[name=_save]").click()
    page.wait_for_url("**/admin/events/event/")
    assert heard == []
    assert event.projects.count() == 1


def test_the_editor_runs_under_the_policy(
    open_browser: Open, watched: Watched, live_server: Any, client: Any
) -> None:
    from django_prose_editor.widgets import AdminProseEditorWidget

    policy = client.get(reverse("admin:login")).headers["Content-Security-Policy"]
    widget = AdminProseEditorWidget(
        config={"extensions": {"Bold": True, "Heading": True}}, preset="configurable"
    )
    field = widget.render("body", "<p>Words <strong>of weight</strong></p>", {"id": "id_body"})
    page = open_browser().new_page()
    heard = watched(page)
    page.route(
        "**/admin/editor/",
        lambda route: route.fulfill(
            content_type="text/html",
            headers={"Content-Security-Policy": policy},
            body=f"<!doctype html><html><head>{widget.media}</head><body>{field}</body></html>",
        ),
    )

    page.goto("/admin/editor/")

    page.locator(".ProseMirror strong", has_text="of weight").wait_for()
    assert heard == []


def test_rows_added_by_hand_have_names_for_those_who_hear_them(
    open_browser: Open, chief: Any, live_server: Any
) -> None:
    project = makers.make_project()
    page = open_browser(chief).new_page()
    page.goto(reverse("admin:projects_project_change", args=[project.pk]))

    page.locator("#aliases-group .add-row a").click()

    page.locator("#id_aliases-0-text[aria-label]").wait_for()
    assert page.locator("#id_aliases-0-text").get_attribute("aria-label") == "Words"


def test_the_browser_asks_before_it_leaves_what_was_written(
    open_browser: Open, chief: Any, live_server: Any
) -> None:
    project = makers.make_project()
    page = open_browser(chief).new_page()
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    address = reverse("admin:projects_project_change", args=[project.pk])
    page.goto(address)
    page.goto(reverse("admin:index"))
    assert asked == []

    page.goto(address)
    page.locator("#id_name_en").press_sequentially("more")
    page.goto(reverse("admin:index"))

    assert asked == ["beforeunload"]
