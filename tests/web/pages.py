"""Pages read as a browser would read them."""

from bs4 import BeautifulSoup
from httpx2 import Response


def soup(response: Response) -> BeautifulSoup:
    """Return the elements of a page."""
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    return BeautifulSoup(response.text, "html.parser")


def texts(response: Response, selector: str) -> list[str]:
    """Return the texts of the elements that a selector finds, each on one line."""
    return [" ".join(each.get_text(" ").split()) for each in soup(response).select(selector)]


def hrefs(response: Response, selector: str) -> list[str]:
    """Return the addresses of the links that a selector finds."""
    return [str(each["href"]) for each in soup(response).select(selector)]
