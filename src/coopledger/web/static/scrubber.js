// The words of the two dates follow their handles; without this they are told when the form is sent.
const EPOCH = 719163; // the number of 1 January 1970
const language = document.documentElement.lang;
const words = new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, {
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});
for (const range of document.querySelectorAll("input[data-said]")) {
  range.addEventListener("input", () => {
    const said = words.format((range.value - EPOCH) * 86400000);
    document.getElementById(range.dataset.said).textContent = said;
    range.setAttribute("aria-valuetext", said);
  });
}
