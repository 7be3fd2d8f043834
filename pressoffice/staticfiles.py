import posixpath
import re
from collections.abc import Iterator
from typing import Any

from django.contrib.staticfiles.storage import StaticFilesStorage
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

# The sheet of all public pages: imports and comments, nothing else.
SHEET = "css/site.css"
IMPORT = re.compile(r'@import "(?P<name>[^"]+)";')
RELATIVE = re.compile(r'url\("(?P<address>\.[^"]+)"\)')


class HashedModulesStorage(CompressedManifestStaticFilesStorage):
    """Hashed file names, also inside `import … from` of ES modules (off by default in Django).

    The sheet gets the text of what it imports: one request before the first word is seen instead of thirty,
    each of which costs a phone 700 bytes of headers (docs/decisions/0017). Where nothing has been collected,
    browsers follow the imports and see the same.
    """

    support_js_module_import_aggregation = True

    def post_process(self, paths: dict[str, Any], **options: Any) -> Iterator[Any]:
        if not options.get("dry_run") and SHEET in paths:
            self.delete(SHEET)
            self._save(SHEET, ContentFile(gathered(SHEET, paths).encode()))
            # Read from here on: Django would take the source.
            paths = {**paths, SHEET: (self, SHEET)}
        yield from super().post_process(paths, **options)


def gathered(sheet: str, paths: dict[str, tuple[StaticFilesStorage, str]]) -> str:
    """The text of `sheet` with that of each sheet it imports in its place.

    `paths` is what was collected: name → storage and path in it. Raises KeyError for what is not in it.
    """
    folder = posixpath.dirname(sheet)

    def text_of(name: str) -> str:
        storage, path = paths[name]
        with storage.open(path) as file:
            return file.read().decode()

    def imported(found: re.Match[str]) -> str:
        name = posixpath.normpath(posixpath.join(folder, found["name"]))

        def seen_from_the_sheet(address: re.Match[str]) -> str:
            target = posixpath.normpath(posixpath.join(posixpath.dirname(name), address["address"]))
            return f'url("{posixpath.relpath(target, folder)}")'

        return RELATIVE.sub(seen_from_the_sheet, text_of(name))

    return IMPORT.sub(imported, text_of(sheet))
