"""The command line: every process of Atrium and every chore of its operators, one file a group of commands."""
