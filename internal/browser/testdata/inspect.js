// What every page must hold, at any width and in every language. The expression
// is a function; it gives the faults it finds, each with the kind of check.
(want) => {
  const faults = [];
  const say = (check, text) => faults.push({ check, text });
  const name = (el) => {
    const text = (el.innerText ?? el.textContent ?? "").trim().replace(/\s+/g, " ").slice(0, 40);
    return `<${el.localName}${el.id ? "#" + el.id : ""}${el.classList.length ? "." + [...el.classList].join(".") : ""}> ${text}`;
  };
  const unseen = (el) => !el.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || el.closest(".sr, .skip, svg svg, defs");
  const seen = [...document.body.querySelectorAll("*")].filter((el) => !unseen(el));

  // Nothing wider than the screen, but in a region that scrolls by itself.
  const wide = document.documentElement.scrollWidth;
  if (wide > innerWidth) say("overflow", `the page is ${wide} px wide on a screen of ${innerWidth}`);
  for (const el of seen) {
    if (el.parentElement.closest(".scroll, svg")) continue;
    const r = el.getBoundingClientRect();
    if (r.width && (r.right > innerWidth + 0.5 || r.left < -0.5)) say("overflow", `${name(el)} reaches from ${r.left} to ${r.right}`);
  }
  // No text cut off.
  for (const el of seen) {
    if (el.closest("svg, .scroll, input, select, textarea")) continue;
    const s = getComputedStyle(el);
    const hides = /hidden|clip/.test(s.overflowX + s.overflowY) || s.textOverflow === "ellipsis";
    if (hides && (el.scrollWidth > el.clientWidth + 1 || el.scrollHeight > el.clientHeight + 1) && el.clientWidth > 1) say("cut", name(el));
  }

  // Nor the choice that a list shows: a copy that holds it alone tells its width.
  for (const el of seen.filter((el) => el.matches("select"))) {
    const copy = el.cloneNode();
    copy.append(el.selectedOptions[0].cloneNode(true));
    Object.assign(copy.style, { position: "absolute", width: "max-content", maxWidth: "none", visibility: "hidden" });
    el.parentElement.append(copy);
    // On a phone a list that fills the screen can do no more.
    const full = innerWidth <= 320 && el.offsetWidth >= innerWidth - 34;
    if (!full && copy.offsetWidth > el.offsetWidth + 1) say("choice", `${name(el)} is ${copy.offsetWidth - el.offsetWidth} px too narrow for “${el.selectedOptions[0].text}”`);
    copy.remove();
  }

  // WCAG 2.2, 2.5.8: 24 px both ways, but for links in a line of text.
  const active = seen.filter((el) => el.matches("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']"));
  const inText = (el) => {
    if (getComputedStyle(el).display !== "inline") return false;
    const block = el.closest("p, li, dd, dt, td, th, figcaption, label, div, h1, h2, h3, h4");
    const around = block.innerText.replace(/[\s·|,.]/g, "").length;
    return around > el.innerText.replace(/\s/g, "").length;
  };
  for (const el of active) {
    // The words of a box belong to what is clicked.
    const r = (el.closest("label") ?? el).getBoundingClientRect();
    if ((r.width < 24 || r.height < 24) && !inText(el)) say("target", `${name(el)} is ${r.width.toFixed(1)} × ${r.height.toFixed(1)}`);
    if (el.tabIndex < 0) say("keyboard", `${name(el)} cannot be reached`);
    if (el.tabIndex > 0) say("keyboard", `${name(el)} jumps the order`);
  }

  // One h1, first of all headings but that of an alert, and no level left out.
  const heads = [...document.querySelectorAll("main :is(h1, h2, h3, h4, h5, h6)")].filter((el) => el.checkVisibility() && !el.closest("[role=alert]"));
  const levels = heads.map((el) => Number(el.localName[1]));
  if (levels[0] !== 1 || levels.filter((l) => l === 1).length !== 1) say("headings", `h1 is not the first or not alone: ${levels}`);
  levels.forEach((l, i) => { if (i && l > levels[i - 1] + 1) say("headings", `h${levels[i - 1]} is followed by h${l}: ${name(heads[i])}`); });
  for (const el of heads) if (!el.textContent.trim()) say("headings", "an empty heading");

  // The language is said, and where the text changes it, it is said again. Names,
  // addresses and what the reader typed keep their letters in any language.
  if (document.documentElement.lang !== want.lang) say("lang", `the page says it is in ${document.documentElement.lang || "no language"}`);
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    // A word that was looked for cuts a sentence in two; it is read whole.
    const own = texts.currentNode.parentElement.closest(":not(mark)"), told = own.closest("[lang]")?.lang;
    const whole = own.querySelector(":scope > mark") ? own.textContent : texts.currentNode.data;
    const text = whole.replace(/[„“"«].*?[“”"»]|\S*[@/.]\S+/gu, " ");
    const letters = text.match(/\p{L}/gu) ?? [];
    if (letters.length < 12 || own.closest("code, .code")) continue;
    const share = letters.filter((l) => /\p{Script=Cyrillic}/u.test(l)).length / letters.length;
    if (share > 0.5 !== (told === "bg")) say("lang", `said to be ${told}: ${text.trim().slice(0, 60)}`);
  }
  if (!document.title.trim()) say("title", "the page has none");

  // Every address inside the page leads somewhere, and each once.
  const ids = new Set();
  for (const el of document.querySelectorAll("[id]")) {
    if (ids.has(el.id)) say("id", `twice: ${el.id}`);
    ids.add(el.id);
  }
  for (const a of document.querySelectorAll("a[href^='#'], use[href^='#']")) {
    const to = decodeURIComponent(a.getAttribute("href").slice(1));
    if (!ids.has(to)) say("id", `nothing is at #${to}`);
  }
  for (const el of document.querySelectorAll("[aria-describedby], [aria-labelledby], label[for]")) {
    for (const attribute of ["aria-describedby", "aria-labelledby", "for"]) {
      for (const to of (el.getAttribute(attribute) ?? "").split(/\s+/)) if (to && !ids.has(to)) say("id", `${name(el)} names #${to}, which is not there`);
    }
  }
  return faults;
}
