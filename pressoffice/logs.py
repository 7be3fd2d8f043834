import logging


class RefusalsInOneLine(logging.Filter):
    """A request that was refused (4xx) is no fault of ours: the log needs its line, not our stack."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.levelno < logging.ERROR and record.name.startswith("django."):
            record.exc_info = record.exc_text = None
        return True
