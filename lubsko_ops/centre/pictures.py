"""Pictures from users made safe: a PNG is drawn anew, an SVG rebuilt from elements and attributes that only draw."""

import hashlib
import re
import warnings
from io import BytesIO
from xml.etree import ElementTree

from defusedxml import DefusedXmlException
from defusedxml import ElementTree as SafeElementTree
from django.core.exceptions import ValidationError
from PIL import Image, UnidentifiedImageError

from lubsko_ops.centre.models import CoatOfArms

MAX_BYTES = 300 * 1024
MAX_SIDE = 4000  # pixels of a PNG that is opened
STORED_SIDE = 800  # enough for 60 mm in print
MAX_ELEMENTS, MAX_DEPTH = 4000, 30

SVG = "http://www.w3.org/2000/svg"
XLINK_HREF = "{http://www.w3.org/1999/xlink}href"
GRADIENTS = {"linearGradient", "radialGradient"}
SHAPES = {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"}
DRAWING = {"svg", "g", "defs", "clipPath", "stop"} | SHAPES | GRADIENTS
# What says nothing about the look, and what editors leave for themselves. Foreign namespaces are left out too.
SILENT = {"title", "desc", "metadata", "view"}
GEOMETRY = [
    "id",
    "viewBox",
    "width",
    "height",
    "x",
    "y",
    "x1",
    "y1",
    "x2",
    "y2",
    "cx",
    "cy",
    "r",
    "rx",
    "ry",
    "fx",
    "fy",
    "d",
    "points",
    "transform",
    "preserveAspectRatio",
    "offset",
    "gradientUnits",
    "gradientTransform",
    "spreadMethod",
    "clipPathUnits",
]
STYLE = [
    "fill",
    "fill-opacity",
    "fill-rule",
    "stroke",
    "stroke-width",
    "stroke-opacity",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-miterlimit",
    "stroke-dasharray",
    "stroke-dashoffset",
    "opacity",
    "stop-color",
    "stop-opacity",
    "clip-path",
    "clip-rule",
    "display",
    "visibility",
    "color",
]
PLAIN_VALUE = re.compile(r"[\w\s.,#%()+\-]*")  # numbers, colours, path data; no address
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
SIDE = re.compile(r"(\d+(?:\.\d+)?)(?:px|mm|pt)?")
OWN_REFERENCE = re.compile(r"url\(\s*['\"]?#([\w.\-]+)['\"]?\s*\)")
REFERENCE = re.compile(r"#([\w.\-]+)")

NOT_READABLE = "Tego pliku nie da się odczytać jako obrazu. Zapisz go jeszcze raz jako PNG albo SVG."


def make_safe(content: bytes) -> tuple[str, bytes]:
    """The content type and the content of the picture made safe. Raises ValidationError with what to do instead."""
    if len(content) > MAX_BYTES:
        raise ValidationError(
            f"Plik ma {len(content) // 1024} kB, a może mieć najwyżej {MAX_BYTES // 1024} kB. Zmniejsz obraz."
        )
    if content.startswith(b"\x89PNG"):
        return "image/png", redraw_png(content)
    if b"<svg" in content or b":svg" in content:
        return "image/svg+xml", rebuild_svg(content)
    raise ValidationError("Herb może być plikiem PNG albo SVG. Zapisz go w jednym z tych formatów.")


def store_picture(content: bytes) -> CoatOfArms:
    """The stored picture with this content made safe; the same picture is stored once."""
    kind, safe = make_safe(content)
    checksum = hashlib.sha256(safe).hexdigest()
    picture, _ = CoatOfArms.objects.get_or_create(checksum=checksum, defaults={"kind": kind, "content": safe})
    return picture


# ---- PNG -----------------------------------------------------------------------------------------------
def redraw_png(content: bytes) -> bytes:
    """The pixels alone, without anything else the file held, at most ``STORED_SIDE`` wide and high."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(BytesIO(content), formats=["PNG"])
            if max(picture.size) > MAX_SIDE:
                raise ValidationError(
                    f"Obraz ma {picture.width} × {picture.height} punktów, a może mieć najwyżej "
                    f"{MAX_SIDE} × {MAX_SIDE}. Zmniejsz go."
                )
            pixels = picture.convert("RGBA")
    except (
        UnidentifiedImageError,
        OSError,
        SyntaxError,
        ValueError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ) as error:
        raise ValidationError(NOT_READABLE) from error
    pixels.thumbnail((STORED_SIDE, STORED_SIDE))
    if pixels.getchannel("A").getextrema() == (255, 255):
        pixels = pixels.convert("RGB")
    clean = Image.new(pixels.mode, pixels.size)
    clean.paste(pixels)
    stored = BytesIO()
    clean.save(stored, "PNG", optimize=True)
    return stored.getvalue()


# ---- SVG -----------------------------------------------------------------------------------------------
def rebuild_svg(content: bytes) -> bytes:
    """The drawing rebuilt from shapes, groups, gradients and clip paths. What else would be seen is refused by name."""
    try:
        root = SafeElementTree.fromstring(content)
    except DefusedXmlException as error:
        raise ValidationError(
            "Ten plik SVG ma własne definicje (ENTITY), których nie otwieramy. Zapisz go jako „zwykły SVG” albo PNG."
        ) from error
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise ValidationError(NOT_READABLE) from error
    if root.tag != f"{{{SVG}}}svg":
        raise ValidationError(NOT_READABLE)
    rebuilt = _SvgRebuilder().rebuild(root)
    _check_size(rebuilt)
    _check_gradients(rebuilt)
    ElementTree.register_namespace("", SVG)
    return ElementTree.tostring(rebuilt, encoding="utf-8")


class _SvgRebuilder:
    """Copies the elements that draw, counting them."""

    def __init__(self) -> None:
        self.elements = 0

    def rebuild(
        self, element: ElementTree.Element, depth: int = 0, in_clip: bool = False
    ) -> ElementTree.Element:
        self.elements += 1
        if self.elements > MAX_ELEMENTS or depth > MAX_DEPTH:
            raise ValidationError(
                "Ten rysunek jest zbyt złożony na nagłówek pisma. Uprość go albo zapisz jako PNG."
            )
        name = _local_name(element)
        copy = ElementTree.Element(f"{{{SVG}}}{name}", _attributes(element, name, in_clip))
        for child in element:
            if not isinstance(child.tag, str) or not child.tag.startswith(f"{{{SVG}}}"):
                continue  # a comment, or what an editor keeps for itself
            inner = _local_name(child)
            if inner in SILENT:
                continue
            if inner not in DRAWING or inner == "svg":
                raise ValidationError(
                    f"Rysunek używa elementu „{inner}”, którego nie drukujemy. "
                    "Zamień wszystko na ścieżki („zwykły SVG”) albo zapisz obraz jako PNG."
                )
            copy.append(self.rebuild(child, depth + 1, in_clip or name == "clipPath"))
        return copy


def _local_name(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _attributes(element: ElementTree.Element, name: str, in_clip: bool) -> dict[str, str]:
    """The attributes that only draw. A declaration of a ``style`` becomes an attribute of its name."""
    allowed = {key: value for key, value in element.attrib.items() if key in GEOMETRY or key in STYLE}
    for declaration in element.get("style", "").split(";"):
        key, _, value = declaration.partition(":")
        if key.strip() in STYLE:
            allowed[key.strip()] = value.replace("!important", "").strip()
    if in_clip:
        allowed.pop("clip-path", None)  # could lead back to itself
    safe = {
        key: value
        for key, value in allowed.items()
        if PLAIN_VALUE.fullmatch(value) or OWN_REFERENCE.fullmatch(value.strip())
    }
    safe = {
        key: value
        for key, value in safe.items()
        if "url(" not in value or OWN_REFERENCE.fullmatch(value.strip())
    }
    reference = element.get(XLINK_HREF) or element.get("href") or ""
    if name in GRADIENTS and REFERENCE.fullmatch(reference):
        safe[XLINK_HREF] = reference
    return safe


def _check_size(root: ElementTree.Element) -> None:
    """A drawing without its own size would fill the page."""
    numbers = NUMBER.findall(root.get("viewBox", ""))
    if len(numbers) != 4:
        sides = [SIDE.fullmatch(root.get(key, "")) for key in ("width", "height")]
        numbers = ["0", "0", *(side[1] for side in sides if side)]
    width, height = (float(number) for number in numbers[2:]) if len(numbers) == 4 else (0, 0)
    if not (width > 0 and height > 0 and 0.2 <= width / height <= 5):
        raise ValidationError(
            "Nie wiadomo, jak duży jest ten rysunek, albo jest bardzo wąski. Zapisz go z rozmiarem strony "
            "dopasowanym do herbu albo jako PNG."
        )
    root.set("viewBox", " ".join(numbers))
    root.set("width", f"{width:g}")
    root.set("height", f"{height:g}")


def _check_gradients(root: ElementTree.Element) -> None:
    """A gradient may take its colours from another one, never in a circle."""
    gradients = {each.get("id"): each for each in root.iter() if _local_name(each) in GRADIENTS}
    for gradient in gradients.values():
        seen: set[str] = set()
        reference = gradient.get(XLINK_HREF)
        while reference:
            if reference in seen:
                raise ValidationError(NOT_READABLE)
            seen.add(reference)
            following = gradients.get(reference[1:])
            reference = following.get(XLINK_HREF) if following is not None else None
