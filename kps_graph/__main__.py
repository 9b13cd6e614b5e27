"""``python -m kps_graph``: the command line where no script is on the path."""

from kps_graph.cli import main

if __name__ == "__main__":
    main()
