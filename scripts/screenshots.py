"""Makes the pictures of the explorer that the README shows, of the example standards.

uv run python scripts/screenshots.py [FOLDER]
"""

from __future__ import annotations

import shutil
import sys
import threading
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import uvicorn
from playwright.sync_api import sync_playwright

from kps_graph.pipeline.build import build
from kps_graph.pipeline.sources import find
from kps_graph.web.app import application
from kps_graph.web.served import Settings

ROOT = Path(__file__).resolve().parent.parent
#: Name of a picture, the page, and whether it is dark.
SHOWN = (
    ("explorer-standard", "/id/KPS1420-001v2?light=K10&findings=1#T2", "light"),
    ("explorer-search-dark", "/search?q=客戶抱怨", "dark"),
)


def main() -> None:
    """Builds a store of the examples, serves it, and looks at it."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "images"
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as place:
        store = Path(place) / "kps.store"
        build(find([ROOT / "examples"]), store)
        server = uvicorn.Server(
            uvicorn.Config(application(Settings(store)), port=0, log_level="error")
        )
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.02)
        port = server.servers[0].sockets[0].getsockname()[1]
        _look(f"http://127.0.0.1:{port}", folder)
        server.should_exit = True
        thread.join(10)


def _look(address: str, folder: Path) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        for name, path, scheme in SHOWN:
            context = browser.new_context(
                base_url=address,
                locale="zh-TW",
                color_scheme=scheme,
                viewport={"width": 1280, "height": 800},
                reduced_motion="reduce",
            )
            page = context.new_page()
            page.goto(path)
            page.screenshot(path=str(folder / f"{name}.png"))
            context.close()
        browser.close()


if __name__ == "__main__":
    main()
