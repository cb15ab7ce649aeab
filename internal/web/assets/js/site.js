// Nothing here is needed to read, search or send anything: comforts for
// those who have scripts.

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

// A button that prints the page.
for (const button of document.querySelectorAll("button[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

// Who has written something and leaves without sending it is asked first: pages
// with a form are kept by no browser, so the way back shows them empty. What only
// opens or saves a file leaves nothing.
let sent = null;
let aside = 0;
addEventListener("submit", (e) => (sent = e.target));
addEventListener("click", (e) => {
  if (e.target.closest?.("a[href^='mailto:'], a[href^='tel:'], a[href*='/files/'], button[name=file]")) aside = Date.now();
});
addEventListener("beforeunload", (e) => {
  if (Date.now() - aside < 2000) return;
  const refused = document.querySelector(".errors, #tried");
  for (const text of document.querySelectorAll("form[method=post] textarea")) {
    if (text.form !== sent && text.value !== (refused ? "" : text.defaultValue)) return e.preventDefault();
  }
});
