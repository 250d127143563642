"""Whole pages as they are copied from the web: what is the article, what is not, and what they say of themselves."""

from datetime import date

import pytest

from ingest.document import Metadata, metadata
from ingest.passages import passages
from ingest.sentences import sentences

TODAY = date(2026, 11, 22)
ARTICLE = {"title", "heading", "body", "bullet", "quote", "correction"}

WIRE = """UPDATE 1-Vale Chips lifts 2026 outlook on memory demand

(Adds shares, analyst comment)

By Mette Lund and Jonas Berg

SEOUL, Oct 30, 2025 (Fjord Wire) - Vale Chips said its revenue rose 12% to $3.4 billion in the third quarter of 2025.

"We are sold out," Chief Executive Park Min-soo said on a call.

(Reporting by Mette Lund in Seoul and Jonas Berg in Oslo; Editing by Ann Ott)

Our Standards: The Fjord Trust Principles.

Read more:
Memory prices double again
Helium runs short
"""
BROADSHEET = """The Harbour Post

Technology

Vale Chips' Quiet Bet on Glass

Listen to this article · 9:14 min

By Mette Lund
Mette Lund reports on chips from Oslo.

Published Nov. 3, 2025
Updated Nov. 4, 2025, 9:12 a.m. ET

OSLO — When Vale Chips opened its pilot line, nobody came. The company supplies Northfield.

Image
A wafer at the Oslo line. Credit...Anna Holm for The Harbour Post

“Glass is flat,” said Ms. Dahl, “and flat is what you need.” She smiled.

Advertisement
SKIP ADVERTISEMENT

Editors’ Picks
The Best Lamps of the Year

Kirsty Noble contributed reporting.

Mette Lund is a technology reporter based in Oslo.
See more on: Vale Chips, Northfield
"""
RELEASE = """FOR IMMEDIATE RELEASE

Vale Chips Reports Third Quarter 2025 Results

OSLO, Norway – October 30, 2025 – Vale Chips ASA (OSE: VALE), a leader in memory, today \
announced results for its third quarter, which ended on September 30, 2025, and which it calls the best \
that it has had since it was listed in Oslo.

• Revenue of $3.4 billion

“Demand exceeded our supply,” said Park Min-soo, president and CEO of Vale Chips.

About Vale Chips ASA
Vale Chips ASA (OSE: VALE) makes memory. For more information, visit www.vale.example.

Forward-Looking Statements
This press release contains forward-looking statements. Actual results may differ.

Investor Contact:
ir@vale.example
+47 22 00 00 00

###
"""
BLOG = """Why Vale will win
Posted by chipwatcher on Tuesday, November 4, 2025
4 min read · 23 claps

Vale Chips sells memory to Northfield. That is the whole of it, and everything else that you have read this year \
about yields, about glass and about the new line in Oslo is there to make you look somewhere else.

1. It has cash.
2. It has a fab.

Share this:
Twitter
Like Loading...

3 thoughts on "Why Vale will win"
fabfan says:
November 5, 2025 at 8:14 am
Nvidia will buy Vale for $90 billion, I heard.
Leave a Reply
Your email address will not be published. Required fields are marked *
"""
PORTAL = """Skip to content
Subscribe Sign In
Markets
Tech
We value your privacy
We and our partners use cookies to store information on your device. Accept All Reject All
Home / Tech / Chips
Vale Chips wins Northfield order
By Mette Lund • Nov 3, 2025, 10:12 AM GMT+1
Save Share
Vale Chips won an order worth $400 million from Northfield, it said.
Get the best of Tech in your inbox every morning
Enter your email
By signing up you agree to our terms.
The chips ship in March 2026.
Most Popular
1. Lamp sales rise
© 2025 Harbour Media Ltd. All Rights Reserved
Contact Us
"""
LIVE = """Vale results: live updates
Last updated 5 Nov 2025 17.05 GMT

16:42
Vale lifts dividend
Vale will pay 2 euros a share.

3h ago
Northfield ordered memory from Vale, its chief said.
Updated at 13.22 CET
Share
"""
LETTER = """Chip Letter #42
View in browser | Forward to a friend

Here's what mattered this week:

• Vale — won a $400m order from Northfield; shares +4%
– Micron sells HBM to Nvidia

THE BIG ONE: VALE BETS ON GLASS

Vale Chips has put $2bn into glass.

Thanks for reading! Subscribe for free to receive new posts and support my work.

You're receiving this email because you signed up at chipletter.example.
Unsubscribe
"""
CHINESE = """台积电扩大先进封装产能
2025年11月3日 09:30 来源：第一财经 作者：李雷

台积电（TSMC）周一表示，2026年资本支出将达400亿美元。“我们卖完了。”魏哲家说。

责任编辑：韩梅
分享到：微信 微博
本文版权所有，未经授权不得转载。
相关阅读
华为发布新芯片
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (WIRE, Metadata("Vale Chips lifts 2026 outlook on memory demand", date(2025, 10, 30), "Fjord Wire",
                        "Mette Lund and Jonas Berg")),
        (BROADSHEET, Metadata("Vale Chips' Quiet Bet on Glass", date(2025, 11, 3), "The Harbour Post", "Mette Lund")),
        (RELEASE, Metadata("Vale Chips Reports Third Quarter 2025 Results", date(2025, 10, 30))),
        (BLOG, Metadata("Why Vale will win", date(2025, 11, 4))),
        (PORTAL, Metadata("Vale Chips wins Northfield order", date(2025, 11, 3), None, "Mette Lund")),
        (LIVE, Metadata("Vale results: live updates", date(2025, 11, 5))),
        (LETTER, Metadata("Chip Letter #42")),
        (CHINESE, Metadata("台积电扩大先进封装产能", date(2025, 11, 3), "第一财经", "李雷")),
    ],
    ids=["wire", "broadsheet", "release", "blog", "portal", "live", "letter", "chinese"],
)  # fmt: skip
def test_what_a_page_says_of_itself(text: str, expected: Metadata) -> None:
    assert metadata(text, today=TODAY) == expected


def article(text: str) -> list[str]:
    """The sentences of the article that a page holds."""
    return [text[a:b] for p in passages(text) if p.kind in ARTICLE for a, b in sentences(text, p)]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (WIRE, ["Vale Chips lifts 2026", "Vale Chips said", '"We are sold out']),
        (BROADSHEET, ["Vale Chips' Quiet", "When Vale", "The company", "“Glass is flat", "She smiled"]),
        (
            RELEASE,
            [
                *(
                    "Vale Chips Reports",
                    "Vale Chips ASA (OSE: VALE), a",
                    "Revenue of",
                    "“Demand exceeded",
                    "About Vale",
                ),
                *("Vale Chips ASA (OSE: VALE) makes", "For more information"),
            ],
        ),
        (BLOG, ["Why Vale", "Vale Chips sells", "That is the whole", "It has cash", "It has a fab"]),
        (PORTAL, ["Vale Chips wins", "Vale Chips won", "The chips ship"]),
        (LIVE, ["Vale results", "Vale lifts", "Vale will pay", "Northfield ordered"]),
        (LETTER, ["Chip Letter", "Here's what", "Vale — won", "Micron sells", "THE BIG ONE", "Vale Chips has"]),
        (CHINESE, ["台积电扩大", "台积电（TSMC）", "“我们卖完了。”魏哲家说"]),
    ],
    ids=["wire", "broadsheet", "release", "blog", "portal", "live", "letter", "chinese"],
)
def test_the_article_and_nothing_else(text: str, kept: list[str]) -> None:
    for end in ("\n", "\r\n", "\r"):
        found = article(text.replace("\n", end))
        assert [s[: len(k)] for s, k in zip(found, kept, strict=False)] == kept
        assert len(found) == len(kept)
