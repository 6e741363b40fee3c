"""A picture for the documentation keeps what it shows, in fewer bytes."""

from tests.browser.conftest import Show
from tests.browser.shrinking import MOST_COLOURS, shrunk

PAGE = "<!doctype html><html lang='en'><title>A</title><body style='margin:0'>{}</body></html>"
LOOK = """async bytes => {
  const picture = await createImageBitmap(new Blob([new Uint8Array(bytes)], {type: 'image/png'}));
  const canvas = new OffscreenCanvas(picture.width, picture.height);
  const pen = canvas.getContext('2d');
  pen.drawImage(picture, 0, 0);
  return [picture.width, picture.height, [...pen.getImageData(4, 4, 1, 1).data]];
}"""


def test_a_picture_of_few_colours_is_the_same_in_fewer_bytes(show: Show) -> None:
    page = show(PAGE.format("<div style='height:90px;background:#0b5f6e'></div>" * 3)).page
    whole = page.screenshot()
    small = shrunk(whole)

    assert len(small) < len(whole)
    assert page.evaluate(LOOK, [*small]) == page.evaluate(LOOK, [*whole])
    assert page.evaluate(LOOK, [*small])[2] == [11, 95, 110, 255]


def test_of_very_many_colours_near_ones_become_one(show: Show) -> None:
    colours = "linear-gradient(90deg,red,yellow,lime,aqua,blue,magenta)"
    page = show(PAGE.format(f"<div style='height:90px;background:{colours}'></div>")).page
    small = shrunk(page.screenshot(clip={"x": 0, "y": 0, "width": 600, "height": 60}))

    assert page.evaluate(LOOK, [*small])[:2] == [600, 60]
    assert small[small.index(b"PLTE") - 4 :][:4] <= (3 * MOST_COLOURS).to_bytes(4, "big")
