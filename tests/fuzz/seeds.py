"""Texts that have been trouble somewhere: in JSON, in UTF-8, in dates, in spreadsheets."""

__all__ = ["DATES", "LINES", "PAYLOADS", "ROWS", "TABLES"]

_JSON = (
    b"",
    b"null",
    b"[]",
    b"{}",
    b'"text"',
    b"NaN",
    b'{"when":NaN}',
    b'{"when":1e999}',
    b'{"when":-0}',
    b'{"when":' + b"9" * 400 + b"}",
    b'{"a":1,"a":2}',
    b'{"text":"\\ud800"}',
    b'{"text":"\\ud83d\\ude00"}',
    b'{"text":"\\u0000"}',
    b'{"text":"\xe2\x80\xa8\xc2\x85"}',
    b'{"text":"\xff"}',
    b'{"text":"\xed\xa0\x80"}',
    b'\xef\xbb\xbf{"when":"2022"}',
    b"\xff\xfe{\x00}\x00",
    b"[" * 600,
    b'{"extra":' + b"[" * 200 + b"]" * 200 + b"}",
    b'{"id":"e1"}',
    b'{"when":"2022-02-30"}',
    b'{"when":{"text":"2022"}}',
    b'{"\\ud800":1}',
    b'{"":""}',
    b"{'a':1}",
    b'{"a":tru',
)

PAYLOADS = (
    *_JSON,
    b'{"text":"a","recorded_by":"\\ud800"}',
    b'{"name":"A","kind":"state","party":"a","source":[{}]}',
    b'{"renewal":{"tacit":true,"years":1e3}}',
    b'{"participants":[{"person":"A","party":"b","extra":{"a":[1,2.5,null,true,{"b":""}]}}]}',
)

LINES = (
    *_JSON,
    b"\n\n\n",
    b"\r\n{}\r\n",
    b'[{"type":"note-added"}]',
    b'{"type":"note-added","text":"a"}\n{"type":"note-added","text":"b"}\n',
    b'{"type":"NoteAdded","text":"a","id":"e1"}\n{"type":"note-added","text":"b","id":"e1"}\n',
    b'{"type":"party-registered","party":"vn","name":"Viet Nam","kind":"state","country":"VN"}\n',
    b'{"type":"event-retracted","target":"e1","reason":"a"}\n',
    b'{"type":"lab.sample","v":2}\n',
    b'{"type":"note-added","v":99,"text":"a"}\n',
    b'{"type":"note-added","when":"9999-12-31/..","text":"a"}\n',
)

DATES = (
    "2022-08-16",
    "2022-08",
    "2022",
    "202X",
    "20XX",
    "2022-XX-XX",
    "2022-21",
    "9999-24",
    "0001-01-01",
    "9999-12-31",
    "0000",
    "-0001",
    "Y17E8",
    "2022?/2023~",
    "2022-08-16/..",
    "../2022",
    "/2022",
    "[2022..2023]",
    "{2022,2023}",
    "2022-08-16T09:30:00Z",
    "2022-08-16T24:00:00+14:00",
    "2022-08-16T09:30:60-23:59",
    "2022-W33-2",
    "20220816",
    "16/08/2022",
    "16.08.2022",
    "August 16, 2022",
    "08-09-2022",
    "Q3 2024",
    "Qu\u00fd III n\u0103m 2024",
    "T3/2024",
    "end of 2022",
    "by the end of August 2022",
    "H1 2025",
    "16 septembre 2021",
    "th\u00e1ng 9 n\u0103m 2022",
    "ng\u00e0y 16/8/2022",
    "16 Aug - 2 Sept 2022",
    "du 16 au 18 septembre 2021",
    "c. 2022 - [autumn 2023..]",
    "a a 1-1/1 to 09:30 ca ca 2022",
    "\ufdfa\ufdfa\ufdfa",
    "now",
    "today",
    " 2022 ",
    "\uff12\uff10\uff12\uff12",
    "\u0662\u0660\u0662\u0662",
    "2022\n",
    "2022\x00",
    "\ud800",
    "Asia/Ho_Chi_Minh",
    "../../etc/passwd",
    "America/New_York/",
    "+05:30",
)

_TEXTS = "No.;Title;Partner;Pays;Loại;Signed on;Valid until;Status"
TABLES = (
    (
        f"{_TEXTS}\nT1;Seeds;Institut (IDR);France;MoU;16/08/2022;end of 2027;in force\n"
        "T2;Rails;IDR;Pháp;Bản ghi nhớ;Q3 2021;tbd;còn hiệu lực\n"
        "T3;Sea;Viện;VN;Accord;2021;5 years;terminé\n"
    ),
    "STT,Action,Partner,By whom,Due,Status,Done on\n1,send,IDR,us,2024,done,\n2,pay,IDR,IDR,,x,✓\n",
    "Date\tPartner\tMeeting\tVenue\n2022-05-01\tIDR;OC\tvisit\t\n2030\tIDR\t\tHà Nội\n",
    'sep=|\n"Partner"|"Title"|Signed\n"=1+1"|"a\nb"|45536\n\x00|\x1b[2J|-1\n',
    "Partner,Signed\n'=x,1e999\n\u202eIDR,0\n\ufeffIDR,99999999999999999999\n",
    "Partner,Title\n" + "A,B\n" * 300,
    ";" * 300,
    '"' * 99,
)
_CELLS = (
    ("Partner", "Title", "Signed on", "Valid until", "Status"),
    ("IDR", "Seeds", "16/08/2022", "2027", "in force"),
    ("Idr", "Rails", "31/02/2022", "", "blorp"),
)
ROWS = "".join(
    "<row>" + "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in row) + "</row>"
    for row in _CELLS
)
