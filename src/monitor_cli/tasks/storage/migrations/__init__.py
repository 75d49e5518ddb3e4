"""The migrations of a store, run by `monitor_cli.tasks.storage.migrate` alone."""
