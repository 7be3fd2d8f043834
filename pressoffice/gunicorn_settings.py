"""How gunicorn serves the site: gunicorn --config python:pressoffice.gunicorn_settings pressoffice.wsgi"""

threads = 8
# A quote of a thousand Cyrillic letters is asked for in some six thousand characters.
limit_request_line = 8190
# Whatever stands in front of it serves the site at the root of its address; a header shall not say otherwise.
forwarder_headers = ""
