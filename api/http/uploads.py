"""What a `POST /v1/documents` brings: plain text, HTML, JSON or a file of a form."""

from __future__ import annotations

from fastapi import Request
from pydantic import ValidationError
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from api.intake import Upload
from api.models import Upload as Body
from graph.errors import SettingsError
from ingest.sources import is_url

ACCEPTED = ("text/plain", "text/html", "application/json", "multipart/form-data")


async def read_upload(request: Request) -> Upload:
    """The upload, not looked into yet. Raises HTTPException 415 for other types, SettingsError for a wrong shape."""
    media, _, parameters = request.headers.get("content-type", "").partition(";")
    kind = media.strip().lower()
    if kind == "application/json":
        return _described(await request.body())
    if kind == "multipart/form-data":
        return await _file(request)
    if kind in ("text/plain", "text/html"):
        return Upload("-", await request.body(), charset=_charset(parameters), html=kind == "text/html")
    raise HTTPException(415, f"content-type “{kind}” is not taken in; send one of {', '.join(ACCEPTED)}")


def _described(data: bytes) -> Upload:
    try:
        body = Body.model_validate_json(data)
    except ValidationError as problem:
        first = problem.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "body"
        raise SettingsError(f"{where}: {first['msg']}; see Upload in /openapi.json") from None
    if body.url is not None and not is_url(body.url):
        raise SettingsError(f"url: “{body.url}” is not an http or https address")
    if body.text is None and body.url is None:
        raise SettingsError("neither “text” nor “url” is given; send one of them")
    text = body.text.encode("utf-8", "surrogatepass") if body.text is not None else None
    return Upload(body.url or "-", text, title=body.title, published=body.published, mapping=body.mapping)


async def _file(request: Request) -> Upload:
    async with request.form(max_files=2, max_fields=4) as form:
        file = form.get("file")
        if not isinstance(file, UploadFile):
            raise SettingsError("the form has no file named “file”")
        data = await file.read()
        name = (file.filename or "").replace("\\", "/").rpartition("/")[2]
        html = True if file.content_type == "text/html" else None
        mapping = form.get("mapping")
        written = await mapping.read() if isinstance(mapping, UploadFile) else (mapping or "").encode()
    try:
        words = written.decode("utf-8") if written else None
    except UnicodeDecodeError:
        raise SettingsError("the mapping is no text in UTF-8; send YAML, or the name of a shipped one") from None
    return Upload(f"upload:{name}" if name else "-", data, html=html, mapping=words)


def _charset(parameters: str) -> str | None:
    for part in parameters.split(";"):
        name, _, value = part.strip().partition("=")
        if name.lower() == "charset":
            return value.strip("\"' ") or None
    return None
