"""Rendering a PDF reads neither the network nor foreign files, and user input is never markup."""

import base64
import re
import socket
import threading
import zlib
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from pypdf import PdfReader

from lubsko_ops.output.documents import static_folder
from lubsko_ops.output.pdf import PdfError, get_renderer, resolve_static_file
from lubsko_ops.output.print_sample import print_sample_context

from .conftest import page_to_pdf, pdf_text, render_pdf, without_spaces

CANARY = "KANAREK-Z-PLIKU"
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9">'
)


def data_svg(inside: str) -> str:
    whole = base64.b64encode(f"{SVG}{inside}</svg>".encode()).decode()
    return f"data:image/svg+xml;base64,{whole}"


# name: (head, body); URL is an address of the counting server, FILE that of a file on this disk
VECTORS = {
    "image": ("", '<img src="URL" alt="x">'),
    "image, capital scheme": ("", '<img src="HTTP://ADDRESS/x" alt="x">'),
    "image, address without scheme": ("", '<img src="//ADDRESS/x" alt="x">'),
    "stylesheet": ('<link rel="stylesheet" href="URL">', ""),
    "import": ("<style>@import url(URL);</style>", ""),
    "background": ("", '<p style="background: url(URL)">x</p>'),
    "border image": ("", '<p style="border: 9px solid; border-image: url(URL) 9">x</p>'),
    "page background": ("<style>@page { background: url(URL) }</style>", "x"),
    "font": ("<style>@font-face { font-family: f; src: url(URL) } p { font-family: f }</style>", "<p>x</p>"),
    "object": ("", '<object data="URL">x</object>'),
    "embed": ("", '<embed src="URL">'),
    "image in an SVG": ("", f'{SVG}<image href="URL" width="9" height="9"/></svg>'),
    "use in an SVG": ("", f'{SVG}<use href="URL#a"/></svg>'),
    "style in an SVG": ("", f"{SVG}<style>@import url(URL);</style></svg>"),
    "SVG in a data address": ("", '<img src="DATA-URL" alt="x">'),
    "list image": ("", '<ul style="list-style: url(URL)"><li style="display: list-item">x</li></ul>'),
    "generated content": ("<style>p::before { content: url(URL) }</style>", "<p>x</p>"),
    "address in an attribute": ("<style>p::before { content: attr(a url) }</style>", '<p a="URL">x</p>'),
    "other base": ('<base href="URL/">', '<img src="a.png" alt="x">'),
    "attachment on a link": ('<link rel="attachment" href="URL">', ""),
    "attachment on an anchor": ("", '<a rel="attachment" href="URL">x</a>'),
    "file as an image": ("", '<img src="FILE" alt="x">'),
    "file in an SVG": ("", '<img src="DATA-FILE" alt="x">'),
    "file as a stylesheet": ('<link rel="stylesheet" href="FILE">', "<p>x</p>"),
    "file as an attachment": ('<link rel="attachment" href="FILE">', ""),
    "file attached to an anchor": ("", '<a rel="nofollow ATTACHMENT" href="FILE">x</a>'),
    "own file as an attachment": ('<link rel="attachment" href="css/print.css">', ""),
    "system font": ("<style>@font-face { font-family: f; src: local('DejaVu Sans') }</style>", "<p>x</p>"),
    "frame": ("", '<iframe src="URL"></iframe>'),
    "refresh": ('<meta http-equiv="refresh" content="0; url=URL">', ""),
    "script": ('<script src="URL"></script>', ""),
    "video": ("", '<video src="URL" poster="URL"></video>'),
}  # fmt: skip


@pytest.fixture
def server():
    """A local HTTP server that records requests and answers 404."""
    listening = socket.create_server(("127.0.0.1", 0))
    hits = []

    def serve():
        while True:
            try:
                caller, _ = listening.accept()
            except OSError:
                return
            hits.append(caller.recv(200).split(b"\r\n")[0])
            caller.sendall(b"HTTP/1.0 404 No\r\nContent-Length: 0\r\n\r\n")
            caller.close()

    threading.Thread(target=serve, daemon=True).start()
    yield SimpleNamespace(address=f"127.0.0.1:{listening.getsockname()[1]}", hits=hits)
    listening.shutdown(socket.SHUT_RDWR)
    listening.close()


@pytest.fixture
def resolve_vector(server, tmp_path):
    """Fills a vector with the URL of the server and of a local file."""
    secret = tmp_path / "tajne.css"
    secret.write_text(f"/* {CANARY} */ p::before {{ content: '{CANARY}' }}")
    url, file = f"http://{server.address}/x", secret.as_uri()

    def resolve(text: str) -> str:
        text = text.replace("DATA-URL", data_svg(f'<image href="{url}" width="9" height="9"/>'))
        text = text.replace("DATA-FILE", data_svg(f'<image href="{file}" width="9" height="9"/>'))
        return text.replace("URL", url).replace("FILE", file).replace("ADDRESS", server.address)

    return resolve


def unpacked_content(pdf: bytes) -> bytes:
    """The PDF with decompressed streams."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    unpacked = [pdf]
    for stream in streams:
        try:
            unpacked.append(zlib.decompress(stream))
        except zlib.error:
            continue
    return b"".join(unpacked)


@pytest.mark.parametrize("name", VECTORS)
def test_document_cannot_read_network_or_files(name, server, resolve_vector):
    head, body = map(resolve_vector, VECTORS[name])
    try:
        pdf = page_to_pdf(body, head)
    except PdfError as error:
        assert server.address not in str(error)
    else:
        assert CANARY.encode() not in unpacked_content(pdf)
        assert CANARY not in pdf_text(pdf)
        assert not PdfReader(BytesIO(pdf)).attachments
    assert server.hits == []


def test_vectors_work_with_the_default_fetcher(server, resolve_vector, monkeypatch):
    """Negative control: without the restricted fetcher the server does get requests."""
    renderer = get_renderer(static_folder())
    open_fetcher = type(renderer.fetcher).__base__()
    monkeypatch.setattr(renderer, "fetcher", open_fetcher)
    reached, leaked = set(), set()
    for name, (head, body) in VECTORS.items():
        before = len(server.hits)
        try:
            pdf = page_to_pdf(resolve_vector(body), resolve_vector(head))
        except PdfError:
            continue
        reached |= {name} if len(server.hits) > before else set()
        leaked |= {name} if CANARY in pdf_text(pdf) else set()
    assert len(reached) >= 14, sorted(reached)
    assert leaked == {"file as a stylesheet"}


STATIC = Path(static_folder())


def test_static_files_are_resolved():
    assert resolve_static_file("https://papier.invalid/css/print.css", STATIC).name == "print.css"
    assert (
        resolve_static_file("https://papier.invalid/fonts/Lato_700Bold.ttf", STATIC).stat().st_size > 50_000
    )


@pytest.mark.parametrize(
    "address",
    [
        "https://papier.invalid/../lubsko_ops/settings.css",
        "https://papier.invalid/css/../../manage.css",
        "https://papier.invalid/css/%2e%2e/%2e%2e/manage.css",
        "https://papier.invalid//etc/passwd.css",
        "https://papier.invalid/css\\print.css",
        "https://papier.invalid/css/print.css?v=1",
        "https://papier.invalid/css/print.css#a",
        "https://papier.invalid/css/print.css\n",
        "https://papier.invalid/css/nie-ma.css",
        "https://papier.invalid/js/form.js",
        "https://papier.invalid/css",
        "https://papier.invalid/",
        "https://papier.invalid:443/css/print.css",
        "https://ktos@papier.invalid/css/print.css",
        "https://papier.invalid.example/css/print.css",
        "HTTPS://papier.invalid/css/print.css",
        "https://PAPIER.invalid/css/print.css",
        "http://papier.invalid/css/print.css",
        "file:///etc/passwd",
        "ftp://papier.invalid/css/print.css",
        "data:text/css,p{}",
        "css/print.css",
        "",
    ],
)
def test_other_urls_are_rejected(address):
    with pytest.raises(ValueError, match=r"Not the URL|No such"):
        resolve_static_file(address, STATIC)


def test_symbolic_links_are_rejected(tmp_path):
    (tmp_path / "static/css").mkdir(parents=True)
    (tmp_path / "tajne.css").write_text(CANARY)
    (tmp_path / "static/css/wyjscie.css").symlink_to(tmp_path / "tajne.css")
    (tmp_path / "static/css/wlasny.css").write_text("p {}")
    assert resolve_static_file("https://papier.invalid/css/wlasny.css", tmp_path / "static")
    with pytest.raises(ValueError, match="No such"):
        resolve_static_file("https://papier.invalid/css/wyjscie.css", tmp_path / "static")


PAYLOADS = [
    '<img src="http://ADDRESS/x">',
    '<link rel="attachment" href="file:///etc/hostname">',
    '<link rel="stylesheet" href="http://ADDRESS/x">',
    '"><script>alert(1)</script>',
    "' style='background:url(http://ADDRESS/x)",
    '<svg><image href="http://ADDRESS/x"/></svg>',
    "</title></svg><style>@import url(http://ADDRESS/x);</style>",
    "url(http://ADDRESS/x)",
    "{{ 7|add:7 }}{% load static %}",
    "&lt;b&gt; &#x41; &amp;",
    "<!-- ]]> -->",
]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_user_input_is_not_markup(payload, server):
    payload = payload.replace("ADDRESS", server.address)
    context = print_sample_context(rows=0)
    context["visits"] = [
        SimpleNamespace(day=context["dated"], family=payload, subject=payload, minutes=payload)
    ]
    context["centre"] = SimpleNamespace(
        name=payload, address_line=payload, phone=payload, email=payload, website=payload
    )
    context |= {"case_reference": payload, "locality": payload, "alphabet": payload}
    pdf = render_pdf("print/sample.html", context)
    assert without_spaces(pdf_text(pdf)).count(without_spaces(payload)) >= 10
    assert PdfReader(BytesIO(pdf)).metadata.author == payload
    assert server.hits == []
