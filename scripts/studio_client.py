"""Write what the studio's page is built from: the description of the interface and the names of texts.

``python scripts/studio_client.py`` writes studio_page/openapi.json and studio_page/src/words.ts.
"""

import json
import tempfile
from pathlib import Path

from jiqun.studio.application import create_application
from jiqun.studio.settings import Settings
from jiqun.studio.wording import WORDS

PAGE = Path(__file__).parents[1] / "studio_page"


def interface() -> str:
    """Return the OpenAPI description, without the version, which would change it each time."""
    with tempfile.TemporaryDirectory() as folder:
        schema = create_application(Settings(workspace=Path(folder)), background=False).openapi()
    schema["info"]["version"] = "0"
    return json.dumps(schema, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def names() -> str:
    """Return the names of the texts as a type."""
    union = "".join(f'\n  | "{name}"' for name in sorted(WORDS))
    return f"// Made by scripts/studio_client.py.\nexport type WordKey ={union};\n"


def main() -> None:
    """Write both files."""
    (PAGE / "openapi.json").write_text(interface(), encoding="utf-8")
    (PAGE / "src" / "words.ts").write_text(names(), encoding="utf-8")


if __name__ == "__main__":
    main()
