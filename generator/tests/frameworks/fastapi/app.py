"""A shop with what FastAPI and Pydantic put into a description: unions with and without a discriminator, `anyOf` with
null for everything optional, forms, files, streams, and errors by status.

`python app.py FILE` writes the description; `uvicorn app:app` serves it.
"""

import json
import sys
import uuid
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum, IntEnum
from pathlib import Path
from typing import Annotated, Literal, Union

from fastapi import Body, Cookie, Depends, FastAPI, File, Form, Header, HTTPException, Query, Response, UploadFile
from fastapi.responses import FileResponse, HTMLResponse, PlainTextResponse, StreamingResponse
from fastapi.security import OAuth2PasswordBearer, OAuth2PasswordRequestForm
from pydantic import BaseModel, Field, NaiveDatetime, computed_field

shop = FastAPI(title="Shop", version="1.2.0", servers=[{"url": "/api"}], root_path_in_servers=False)
app = FastAPI()
app.mount("/api", shop)
token = OAuth2PasswordBearer(tokenUrl="token")


class Colour(str, Enum):
    red = "red"
    light_blue = "light blue"


class Level(IntEnum):
    low = 1
    high = 2


class Circle(BaseModel):
    kind: Literal["circle"] = "circle"
    radius: float


class Square(BaseModel):
    kind: Literal["square", "quad"] = "square"
    side: float
    colour: Colour | None = None


class Group(BaseModel):
    kind: Literal["group"]
    shapes: list["Shape"]


Shape = Annotated[Union[Circle, Square, Group], Field(discriminator="kind")]
Group.model_rebuild()


class Metres(BaseModel):
    unit: Literal["m"] = "m"
    length: float


class Feet(BaseModel):
    unit: Literal["ft"] = "ft"
    length: float


class Cat(BaseModel):
    name: str
    lives: int = 9


class Dog(BaseModel):
    name: str
    good: bool
    toys: list[str] = []


class Person(BaseModel):
    name: Annotated[str, Field(min_length=1, max_length=20)]
    email: str | None = None


class ItemIn(BaseModel):
    name: Annotated[str, Field(min_length=2)]
    price: Decimal
    count: int = 1
    colour: Colour = Colour.red
    level: Level | None = None
    made: datetime
    shelf_life: timedelta | None = None
    owner: Person | None = None
    sizes: dict[str, int] = {}
    place: tuple[int, str] | None = None
    tags: set[str] = set()
    secret: Annotated[str | None, Field(json_schema_extra={"writeOnly": True})] = None


class Item(ItemIn):
    id: Annotated[uuid.UUID, Field(json_schema_extra={"readOnly": True})]
    added: NaiveDatetime
    day: date

    @computed_field
    @property
    def total(self) -> Decimal:
        return self.price * self.count


class ItemPatch(BaseModel):
    name: str | None = None
    count: int | None = None
    owner: Person | None = None


class Conflict(BaseModel):
    code: Literal["name_taken"]
    name: str


class Filter(BaseModel):
    model_config = {"extra": "forbid"}
    limit: Annotated[int, Field(gt=0, le=100)] = 10
    tags: list[str] = []
    colour: Colour | None = None
    since: datetime | None = None


class Token(BaseModel):
    access_token: str
    token_type: str


ITEMS: dict[uuid.UUID, Item] = {}


@shop.post("/items", status_code=201, response_model=Item, responses={409: {"model": Conflict}})
def create_item(item: ItemIn, response: Response):
    if item.name == "taken":
        return Response(json.dumps({"code": "name_taken", "name": item.name}), 409, media_type="application/json")
    key = uuid.uuid5(uuid.NAMESPACE_URL, item.name)
    stored = Item(id=key, added=datetime(2024, 5, 1, 12, 30), day=date(2024, 5, 1), **item.model_dump())
    ITEMS[key] = stored
    response.headers["Location"] = f"/api/items/{key}"
    return stored


@shop.get("/items/{item_id}")
def read_item(item_id: uuid.UUID) -> Item:
    if item_id not in ITEMS:
        raise HTTPException(404, "there is no such item")
    return ITEMS[item_id]


@shop.patch("/items/{item_id}")
def change_item(item_id: uuid.UUID, patch: ItemPatch) -> Item:
    ITEMS[item_id] = ITEMS[item_id].model_copy(update=patch.model_dump(exclude_unset=True))
    return ITEMS[item_id]


@shop.delete("/items/{item_id}", status_code=204)
def delete_item(item_id: uuid.UUID) -> None:
    ITEMS.pop(item_id, None)


@shop.get("/items")
def list_items(filter: Annotated[Filter, Query()]) -> Union[Item, list[Item], None]:
    found = [item for item in ITEMS.values() if not filter.tags or item.tags & set(filter.tags)]
    return found[: filter.limit]


@shop.get("/echo/{level}")
def echo(
    level: Level,
    ids: Annotated[list[int], Query()],
    ratio: float = 1,
    day: date | None = None,
    colours: Annotated[list[Colour] | None, Query()] = None,
    x_trace: Annotated[str | None, Header()] = None,
    x_numbers: Annotated[list[int] | None, Header()] = None,
    session: Annotated[str | None, Cookie()] = None,
) -> dict[str, Union[int, float, str, bool, None, list[str]]]:
    return {
        "level": level.value,
        "ids": [str(one) for one in ids],
        "ratio": ratio,
        "day": day.isoformat() if day else None,
        "colours": [one.value for one in colours or []],
        "trace": x_trace,
        "session": session,
    }


@shop.post("/shapes")
def store_shape(shape: Shape) -> Shape:
    return shape


@shop.post("/lengths")
def store_length(length: Union[Metres, Feet]) -> str:
    return f"{length.length} {length.unit}"


@shop.put("/shapes/{key}")
def replace_shape(key: str, shape: Annotated[Union[Circle, Square], Body(embed=True)], note: Annotated[str, Body()]) -> dict[str, Shape]:
    return {key: shape, "note": Square(side=len(note), colour=Colour.light_blue)}


@shop.get("/pets/{name}", response_model=Union[Cat, Dog])
def read_pet(name: str):
    return Dog(name=name, good=True, toys=["ball"]) if name == "rex" else Cat(name=name, lives=7)


@shop.post("/pets")
def add_pet(pet: Union[Dog, Cat, int]) -> Union[Dog, Cat, int, str]:
    return pet if not isinstance(pet, int) else f"number {pet}"


@shop.post("/files")
def upload(file: UploadFile, note: Annotated[str | None, Form()] = None) -> dict[str, str | int | None]:
    return {"name": file.filename, "type": file.content_type, "size": len(file.file.read()), "note": note}


@shop.post("/files/many")
def upload_many(
    files: list[UploadFile], cover: UploadFile | None = None, raw: Annotated[bytes | None, File()] = None,
    labels: Annotated[list[str] | None, Form()] = None,
) -> list[str]:
    cover_name = [cover.filename or ""] if cover else []
    return [file.filename or "" for file in files] + cover_name + (labels or []) + ([raw.decode()] if raw else [])


@shop.post("/files/either")
def upload_either(files: Annotated[UploadFile | list[UploadFile], File()]) -> list[int]:
    return [len(file.file.read()) for file in (files if isinstance(files, list) else [files])]


@shop.post("/forms")
def send_form(
    name: Annotated[str, Form()], age: Annotated[int | None, Form()] = None,
    colours: Annotated[list[Colour], Form()] = [], agreed: Annotated[bool, Form()] = False,
) -> dict[str, str | int | bool | list[str] | None]:
    return {"name": name, "age": age, "colours": [one.value for one in colours], "agreed": agreed}


@shop.get("/report.csv", response_class=StreamingResponse)
def report_csv() -> StreamingResponse:
    return StreamingResponse(iter(["a,b\n", "1,2\n"]), media_type="text/csv")


@shop.get("/source", response_class=FileResponse)
def source() -> FileResponse:
    return FileResponse(Path(__file__), media_type="application/octet-stream")


@shop.get("/page", response_class=HTMLResponse)
def page() -> str:
    return "<p>hello</p>"


@shop.get("/health", response_class=PlainTextResponse)
def health() -> str:
    return "fine"


@shop.get("/anything")
def anything():
    return {"free": [1, None, "text"]}


@shop.get("/now")
def now() -> list[datetime]:
    return [datetime(2024, 5, 1, 12, 30), datetime(2024, 5, 1, 12, 30, tzinfo=timezone(timedelta(hours=2)))]


@shop.post("/token")
def login(form: Annotated[OAuth2PasswordRequestForm, Depends()]) -> Token:
    if form.password != "open sesame":
        raise HTTPException(400, "wrong password")
    return Token(access_token=f"{form.username}-token", token_type="bearer")


@shop.get("/me")
def me(key: Annotated[str, Depends(token)]) -> Person:
    return Person(name=key.removesuffix("-token"))


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(json.dumps(shop.openapi(), indent=1))
