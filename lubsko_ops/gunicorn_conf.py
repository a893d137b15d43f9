"""How gunicorn serves the application, at ./dev run and at a centre alike (docs/how-to/deploy.md)."""

wsgi_app = "lubsko_ops.wsgi:application"
bind = "127.0.0.1:8000"

# Two processes of eight threads: most of a request is waiting for the database.
# Never preload: processes forked from one would share its database connections and read each other's rows.
worker_class = "gthread"
workers = 2
threads = 8
preload_app = False

timeout = 60  # a worker that has not given a sign of life for so long is replaced
graceful_timeout = 10
keepalive = 5

accesslog = None  # addresses of pages tell whose file was opened; the read log in the database is for that
loglevel = "warning"
control_socket_disable = True  # one socket per home folder: two servers would quarrel over it
