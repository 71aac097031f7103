const filter = document.getElementById("filter");
const parts = [...document.querySelectorAll("[data-filter]")].map((part) => [part, (part.textContent + " " + [...part.querySelectorAll("[title]")].map((mark) => mark.title).join(" ")).toLowerCase()]);
filter.parentElement.hidden = false;
filter.addEventListener("input", () => {
  const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const [part, text] of parts) {
    part.hidden = !words.every((word) => text.includes(word));
    shown += part.hidden ? 0 : 1;
  }
  for (const body of document.querySelectorAll("tbody")) {
    body.hidden = !body.querySelector("tr[data-filter]:not([hidden])");
  }
  document.getElementById("count").textContent = words.length ? shown + " of " + parts.length : "";
});
