"""The demo: a whole invented event on one machine. `run.run_demo` is what `gelanggang demo` calls."""
