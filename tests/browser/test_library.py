"""The library: many pictures at once, by mouse and by keys."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.urls import reverse

from pressoffice.accounts.models import User
from pressoffice.media.models import Image
from tests import makers
from tests.browser.test_accessibility import findings
from tests.media import files

Open = Callable[..., Any]
DROPPED = """bytes => {
  const carried = new DataTransfer();
  carried.items.add(new File([new Uint8Array(bytes)], "dropped.png", {type: "image/png"}));
  return carried;
}"""


def test_the_library_breaks_no_rule_and_fits_a_phone(
    open_browser: Open, editor: User, live_server: Any
) -> None:
    old = makers.make_image("Чоң-Арыктагы-жаңы-мектептин-ачылышы-2026-жылдын-августунда")
    makers.make_image("newer", replaces=old)
    makers.make_edition(lead_image=old, state="draft")
    page = open_browser(editor, width=360, language="ky", color_scheme="dark", bypass_csp=True).new_page()

    for address in (
        f"{reverse('admin:media_image_changelist')}?used=yes",
        reverse("admin:media_image_change", args=[old.pk]),
        f"{reverse('admin:media_image_add')}?replaces={old.pk}",
    ):
        page.goto(address)
        page.wait_for_load_state("networkidle")
        assert findings(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, address


def test_many_pictures_are_uploaded_one_by_one_and_described_in_a_row(
    open_browser: Open, author: User, live_server: Any, tmp_path: Path
) -> None:
    paths = [tmp_path / name for name in ("lake.jpg", "hills.jpg", "plan.svg")]
    for path, content in zip(paths, (files.jpeg(300, 200), files.jpeg(320, 200), b"<svg/>"), strict=True):
        path.write_bytes(content)
    page = open_browser(author, width=360, bypass_csp=True).new_page()
    page.goto(reverse("admin:media_image_changelist"))

    page.get_by_label("Add many pictures at once").set_input_files(paths)
    page.get_by_role("button", name="Upload").press("Enter")
    page.get_by_role("link", name="Describe them").wait_for()
    dropped = page.evaluate_handle(DROPPED, list(files.png(330, 200)))
    # Beside the framed box as well.
    page.dispatch_event("#header", "drop", {"dataTransfer": dropped})
    page.get_by_role("listitem").filter(has_text="dropped.png").filter(has_text="Taken.").wait_for()

    assert findings(page) == []
    told = page.get_by_role("listitem").filter(has_text="plan.svg").text_content()
    assert "SVG" in told
    assert page.evaluate("document.activeElement.textContent") == "Describe them"

    page.keyboard.press("Enter")
    first = page.get_by_role("group", name="lake")
    first.get_by_label("Decoration only").press("Space")
    assert findings(page) == []
    page.get_by_role("button", name="Save").press("Enter")
    page.get_by_text("Pictures described: 1.").wait_for()

    assert not page.get_by_role("group", name="lake").count()
    assert page.get_by_role("group", name="hills").count()
    assert Image.objects.get(is_waiting=False).title == "lake"


def test_files_are_chosen_with_words_of_the_page_and_by_the_keyboard(
    open_browser: Open, author: User, live_server: Any, tmp_path: Path
) -> None:
    path = tmp_path / "lake.jpg"
    path.write_bytes(files.jpeg(300, 200))
    page = open_browser(author, language="ky", bypass_csp=True).new_page()
    page.goto(reverse("admin:media_image_changelist"))

    with page.expect_file_chooser() as chosen:
        page.get_by_text("Файлдарды тандоо").click()
    chosen.value.set_files(path)
    page.get_by_text("lake.jpg").wait_for()
    with page.expect_file_chooser():
        page.locator("#many-pictures").press("Enter")

    page.goto(reverse("admin:media_image_add"))
    page.locator("[name=upload]").set_input_files(path)
    page.get_by_text("lake.jpg").wait_for()
    assert findings(page) == []


def test_a_focal_point_moved_by_keys_is_told(open_browser: Open, author: User, live_server: Any) -> None:
    image = makers.make_image("lake", uploaded_by=author)
    page = open_browser(author, bypass_csp=True).new_page()
    page.goto(reverse("admin:media_image_change", args=[image.pk]))

    frame = page.get_by_role("button", name="Focal point: use the arrow keys")
    frame.press("ArrowLeft")
    frame.press("Shift+ArrowDown")

    page.get_by_role("status").filter(has_text="From the left: 49 %; from the top: 60 %").wait_for()
    assert findings(page) == []
