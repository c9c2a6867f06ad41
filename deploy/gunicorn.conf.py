"""How gunicorn serves Northbound. The address comes from the command line: `--bind`."""

# Two processes, so that one that draws a PDF leaves the other to everybody else.
workers = 2
threads = 4

# A worker makes way for a fresh one now and then, which gives back the memory of drawn PDFs.
max_requests = 2000
max_requests_jitter = 400

# A large report takes some seconds; what takes a minute has gone wrong.
timeout = 60
graceful_timeout = 20


# Nobody steers a running server from outside; two on one machine would share the socket.
control_socket_disable = True
