"""The Nu Html Checker on every page. Errors and warnings count."""

import json
import shutil
import subprocess
import urllib.error
import urllib.request

from .findings import Result
from .machine import CHECKERS, FOLDER

# Words of a message that is not a fault of ours, and why. None so far.
EXCEPTIONS: dict[str, str] = {}


def body_of(url: str) -> bytes:
    """Of whatever status: pages of errors are pages."""
    try:
        with urllib.request.urlopen(url) as response:
            body = response.read()
    except urllib.error.HTTPError as error:
        body = error.read()
    return bytes(body)


def check_markup(base: str, pages: dict[str, dict[str, str]]) -> Result:
    """`pages`: language → type → path."""
    folder = FOLDER / "pages"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    paths = [path for types in pages.values() for path in types.values()]
    files = {f"{number}.html": path for number, path in enumerate(paths)}
    for name, path in files.items():
        (folder / name).write_bytes(body_of(base + path))
    jar = CHECKERS / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    command = ["java", "-Xss4m", "-jar", str(jar), "--format", "json", "--stdout", "--exit-zero-always"]
    done = subprocess.run(
        [*command, *(str(folder / name) for name in files)], capture_output=True, text=True, timeout=600
    )
    result = Result("Nu Html Checker", looked_at=f"{len(files)} pages")
    try:
        messages = json.loads(done.stdout)["messages"]
    except (ValueError, KeyError):
        result.findings.append(f"no answer from the checker: {(done.stderr or done.stdout)[:300]}")
        return result
    for message in messages:
        counts = message["type"] != "info" or message.get("subType") == "warning"
        if counts and not any(words in message["message"] for words in EXCEPTIONS):
            path = files.get(message.get("url", "").rpartition("/")[2], "the checker")
            line = message.get("lastLine", "?")
            result.findings.append(f"{path}, line {line}: {message['message'][:220]}")
    result.figures = f"{len(messages)} messages"
    return result
