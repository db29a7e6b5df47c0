#!/usr/bin/env python
"""Command line of Xianfeng. Without outside servers it brings its own, for as long as a command runs."""

import os
import sys

# These need no database; ``up`` and ``test`` bring their own servers.
WITHOUT_SERVERS = {"help", "version", "check", "messages", "collectstatic", "findstatic", "diffsettings", "test"}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line

    from runtime import servers, supervisor, translations
    from runtime.home import HomeError, open_home

    command = sys.argv[1] if len(sys.argv) > 1 else "help"
    asks_for_help = command.startswith("-") or {"--help", "-h"} & set(sys.argv[2:])
    try:
        translations.compile_stale()
        if command == "up" and not asks_for_help:
            sys.exit(supervisor.main(sys.argv[2:]))
        if command in WITHOUT_SERVERS or asks_for_help:
            servers.local_environment(open_home())
            execute_from_command_line(sys.argv)
        else:
            with servers.available(command):
                execute_from_command_line(sys.argv)
    except (HomeError, servers.ServerError) as error:
        sys.exit(f"{error}")


if __name__ == "__main__":
    main()
