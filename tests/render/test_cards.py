"""Cards are named in markup and put in when a page is joined."""

from __future__ import annotations

from markupsafe import Markup

from generator.render.cards import Cards


def test_cards_come_where_they_are_named_in_the_order_named() -> None:
    cards = Cards()
    cards.fill(["<a>一</a>", "<b>&amp;</b>", "<c>\x02index.html</c>"])
    page = Markup("<h1>{}</h1>{}<hr>{}{}").format("<题>", cards.named([2, 0]), cards.named([1]), cards.named([]))
    assert cards.put_in(page).decode() == ("<h1>&lt;题&gt;</h1><c>\x02index.html</c>\n<a>一</a><hr><b>&amp;</b>")


def test_no_cards_are_no_markup_so_that_templates_can_tell() -> None:
    assert not Cards().named([])
    assert Cards().put_in("<p>没有</p>") == "<p>没有</p>".encode()
