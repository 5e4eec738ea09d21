# SPDX-License-Identifier: MIT
"""pydantic: models, validators, unions, JSON, errors (its core is in Rust)."""
import datetime
import pickle
from typing import Dict, List, Optional, Union
from pydantic import BaseModel, Field, ValidationError, field_validator


class Item(BaseModel):
    name: str = Field(min_length=1)
    price: float = 0
    tags: List[str] = []


class Order(BaseModel):
    id: int
    when: datetime.datetime
    items: List[Item]
    extra: Optional[Dict[str, Union[int, str]]] = None

    @field_validator("id")
    @classmethod
    def positive(cls, value):
        if value <= 0:
            raise ValueError("must be positive")
        return value


order = Order.model_validate({"id": "3", "when": "2024-05-06T07:08:09Z", "items": [{"name": "x", "price": "1.5"}], "extra": {"a": 1, "b": "z"}})
assert order.id == 3 and order.items[0].price == 1.5 and order.when.tzinfo is not None and order.extra == {"a": 1, "b": "z"}
assert Order.model_validate_json(order.model_dump_json()) == order and pickle.loads(pickle.dumps(order)) == order
try:
    Order(id=-1, when="nonsense", items=[{"name": ""}, {"price": []}])
except ValidationError as e:
    found = {(tuple(error["loc"]), error["type"]) for error in e.errors()}
    assert found == {(("id",), "value_error"), (("when",), "datetime_from_date_parsing"), (("items", 0, "name"), "string_too_short"),
                     (("items", 1, "name"), "missing"), (("items", 1, "price"), "float_type")}, found
else:
    raise AssertionError
assert Order.model_json_schema()["properties"]["id"]["type"] == "integer"
assert order.model_copy(update={"id": 9}).id == 9 and "Item(name='x'" in repr(order)
