"""Runs the unmodified OpenStack client, each command in a process of its own that begins with the client's modules loaded.

Importing them takes longer than most commands. Reads a command per line, `{"id", "argv", "env", "stdout", "stderr"}`, the
last two the files to print into; answers `{"id", "status"}` when it has ended, with what wait(2) says of it. Ends with its input.
"""
import gc
import importlib.metadata
import json
import os
import signal
import sys
import threading

import cliff.command
from openstackclient.shell import main

COMMAND, LIMIT_S = sys.argv[1], int(sys.argv[2])


def load_everything():
    """What the client looks for and loads at every start, so that it finds it loaded. One that cannot be loaded it passes over, too."""
    plugins = importlib.metadata.entry_points()
    for group in plugins.groups:
        if group.startswith('openstack.') or group == 'keystoneauth1.plugin':
            for plugin in plugins.select(group=group):
                load(plugin)
    getattr(cliff.command, '_get_distributions_by_modules', lambda: None)()


def load(plugin):
    try:
        plugin.load()
    except Exception:
        pass  # of some client that is not complete


def run_client(job):
    signal.alarm(LIMIT_S)
    os.environ.update(job['env'])
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(os.open(job['stdout'], os.O_WRONLY | os.O_CREAT), 1)
    os.dup2(os.open(job['stderr'], os.O_WRONLY | os.O_CREAT), 2)
    sys.argv = [COMMAND, *job['argv']]
    sys.exit(main())  # the console script of the package consists of this line


def tell_end(job, pid):
    status = os.waitpid(pid, 0)[1]
    os.write(1, (json.dumps({'id': job['id'], 'status': status}) + '\n').encode())


load_everything()
gc.freeze()  # a collection in a child would copy every page that it looks at
for line in sys.stdin:
    job = json.loads(line)
    child = os.fork()
    if child == 0:
        run_client(job)
    threading.Thread(target=tell_end, args=(job, child)).start()
