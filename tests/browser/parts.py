"""Pages of a report, each alone."""

PARTNERSHIP = "nordhavn"
# What is left of the report, by the name of the page.
PARTS = {
    **{name: name for name in ("report", "board", "pending", "agenda", "meetings")},
    "partnership": PARTNERSHIP,
}
# Leaves one page of the report: that with an id, or of the partnership with one.
LEAVE = """id => {
  const pages = [...document.querySelectorAll('.page')];
  const codes = page => [...page.querySelectorAll('.title code')].map(code => code.textContent);
  const kept = pages.find(page => page.id === id || codes(page).includes(id));
  pages.filter(page => page !== kept).forEach(page => page.remove());
}"""
# Leaves the first rows of each table and list, for what looks at every element.
SHORTEN = """() => document.querySelectorAll(
  'tbody tr:nth-child(n+7), .tl li.ev:nth-child(n+7), #meetings section:nth-of-type(n+5),'
  + '.life li:nth-child(n+7), .tl ~ .tl ~ .tl ~ .tl, .panel li:nth-child(n+7)'
).forEach(row => row.remove())"""
