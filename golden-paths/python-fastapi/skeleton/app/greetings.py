"""An example resource: replace it with what the service is for."""

from fastapi import APIRouter, Path
from pydantic import BaseModel, Field

LONGEST_NAME = 100

router = APIRouter()


class Greeting(BaseModel):
    """Who is to be greeted."""

    name: str = Field(min_length=1, max_length=LONGEST_NAME)


@router.get("/greetings/{name}")
async def greet(name: str = Path(max_length=LONGEST_NAME)) -> dict[str, str]:
    """Greets whom the path names."""
    return {"message": f"Hello, {name}."}


@router.post("/greetings")
async def greet_by_body(greeting: Greeting) -> dict[str, str]:
    """Greets whom the body names."""
    return {"message": f"Hello, {greeting.name}."}
