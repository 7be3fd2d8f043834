# 2026-жылдын 23-ноябры, with a hyphen that does not break.
# E is the month with the ending it has after a day (see locale_overrides).
DATE_FORMAT = "Y-жылдын j‑E"
DATETIME_FORMAT = "Y-жылдын j‑E, H:i"
YEAR_MONTH_FORMAT = "Y-жылдын F айы"
MONTH_DAY_FORMAT = "j‑E"
SHORT_DATE_FORMAT = "d.m.Y"
SHORT_DATETIME_FORMAT = "d.m.Y, H:i"
TIME_FORMAT = "H:i"
DATE_INPUT_FORMATS = ["%d.%m.%Y", "%Y-%m-%d"]
TIME_INPUT_FORMATS = ["%H:%M", "%H:%M:%S"]
DATETIME_INPUT_FORMATS = ["%d.%m.%Y %H:%M", "%d.%m.%Y %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"]
FIRST_DAY_OF_WEEK = 1
DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "\u00a0"
NUMBER_GROUPING = 3
