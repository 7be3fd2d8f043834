"""What the tests' processes find in their environment, said before Django reads it."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

folder = tempfile.mkdtemp(prefix="pressoffice-tests-")
atexit.register(shutil.rmtree, folder, ignore_errors=True)

os.environ["DJANGO_SETTINGS_MODULE"] = "pressoffice.settings"
os.environ["PRESSOFFICE_MODE"] = "local"
os.environ["PRESSOFFICE_VAR"] = folder
os.environ["PRESSOFFICE_ADDRESS"] = "https://press.example"
for name in ("SECRET_KEY", "ALLOWED_HOSTS", "DEBUG", "CACHE_URL", "MEDIA_ROOT"):
    os.environ.pop(name, None)
if not os.environ.get("DATABASE_URL"):
    # A file, not memory: live servers and other processes have to reach it.
    os.environ["DATABASE_URL"] = f"sqlite:///{folder}/tests.sqlite3"
Path(folder, "static").mkdir()
