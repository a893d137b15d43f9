"""Pictures of the tests: a small PNG and SVG, and a file that can be sent again and again."""

from io import BytesIO

from PIL import Image

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 24">'
    '<path d="M1 1H19V14L10 23L1 14Z" style="fill:#1f6f78;stroke:none"/></svg>'
)


def png(width: int = 40, height: int = 48, **options) -> bytes:
    stored = BytesIO()
    Image.new("RGBA", (width, height), (31, 111, 120, 128)).save(stored, "PNG", **options)
    return stored.getvalue()


class Upload:
    """An uploaded file of the test client; reading does not use it up."""

    content_type = "application/octet-stream"

    def __init__(self, content: bytes | str, name: str = "herb.svg") -> None:
        self.content = content.encode() if isinstance(content, str) else content
        self.name = name

    def read(self) -> bytes:
        return self.content

    def __str__(self) -> str:
        return self.name
