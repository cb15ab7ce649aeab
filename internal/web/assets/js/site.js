// Nothing here is needed to read, search or send anything: two comforts for those
// who have scripts.

// The contents of a long document show where the reader is.
const links = new Map();
for (const a of document.querySelectorAll(".toc a[href^='#']")) {
  const target = document.getElementById(decodeURIComponent(a.hash.slice(1)));
  if (target) links.set(target, a);
}
if (links.size && "IntersectionObserver" in window) {
  let here = null;
  const mark = () => {
    let now = null;
    for (const [target, a] of links) {
      if (!now || target.getBoundingClientRect().top < innerHeight * 0.3) now = a;
    }
    if (now === here) return;
    here?.removeAttribute("aria-current");
    now.setAttribute("aria-current", "location");
    here = now;
  };
  const seen = new IntersectionObserver(mark, { rootMargin: "0px 0px -70% 0px", threshold: [0, 1] });
  for (const target of links.keys()) seen.observe(target);
  mark();
}

// A list that names its search field narrows while one types; the form behind it
// does the same on the server. Letters match without their marks: "sia" finds
// Šiauliai.
const plain = (s) => s.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
for (const list of document.querySelectorAll("[data-narrow]")) {
  const field = document.getElementById(list.dataset.narrow);
  if (!field) continue;
  const rows = [...list.querySelectorAll("li")].map((li) => [li, plain(li.textContent)]);
  const groups = [...list.querySelectorAll("section")];
  const narrow = () => {
    const want = plain(field.value.trim());
    for (const [li, text] of rows) li.hidden = !text.includes(want);
    for (const g of groups) g.hidden = !g.querySelector("li:not([hidden])");
  };
  field.addEventListener("input", narrow);
  if (field.value) narrow();
}
