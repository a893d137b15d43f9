"""gunicorn configuration, used by ./dev run and in production (docs/how-to/deploy.md)."""

from lubsko_ops.core.log_records import make_crashes_safe, make_records_safe

make_records_safe()  # gunicorn's own loggers, also before Django is set up in a worker
make_crashes_safe()

wsgi_app = "lubsko_ops.wsgi:application"
bind = "127.0.0.1:8000"

# Requests mostly wait for the database, hence threads.
# No preload: forked processes would share database connections.
worker_class = "gthread"
workers = 2
threads = 8
preload_app = False

timeout = 60  # seconds after which a silent worker is replaced
graceful_timeout = 10
keepalive = 5

accesslog = None  # URLs reveal whose file was opened; the access log in the database records that
loglevel = "warning"
control_socket_disable = True  # one socket per home folder would be shared by two servers
