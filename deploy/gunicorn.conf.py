"""How gunicorn serves Northbound. The address comes from the command line: `--bind`."""

from typing import Any

# Two processes, so that one that draws a PDF leaves the other to everybody else.
workers = 2
threads = 4

# A worker makes way for a fresh one now and then, which gives back the memory of drawn PDFs.
max_requests = 2000
max_requests_jitter = 400

# A process that is stuck for a minute makes way for a fresh one. A single request is not ended by that: it
# keeps one thread until it is done.
timeout = 60
graceful_timeout = 20

# There is no log of requests. Whoever asks for one (--access-logfile) gets it without addresses: that of a
# personal link is a key, and who opened which page when would tell who answered.
access_log_format = "%(t)s %(m)s %(s)s %(B)s bytes %(M)s ms"

# The longest address of ours has some hundred characters; forms are sent in the body.
limit_request_line = 4094
limit_request_fields = 60
limit_request_field_size = 8190

# Nobody steers a running server from outside; two on one machine would share the socket.
control_socket_disable = True


def on_starting(server: Any) -> None:
    """What gunicorn itself says of a request that it does not understand, or that broke around the program,
    names the address too: without the token, as in the program's own log."""
    from config.logs import WithoutLinks

    server.log.error_log.addFilter(WithoutLinks())
