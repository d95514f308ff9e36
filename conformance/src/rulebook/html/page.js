// Search, filters, and links into what is folded. Without it the page is whole, and everything stays to be read.
(() => {
  "use strict";
  const form = document.getElementById("find"); // The book alone has one.
  const rules = [...document.querySelectorAll("article[data-force]")];
  const lines = new Map([...document.querySelectorAll("nav li[data-rule]")].map((line) => [line.dataset.rule, line]));
  const texts = new Map(
    rules.map((rule) => [rule, [...rule.querySelectorAll(".searched")].map((part) => part.textContent).join(" ").toLowerCase()]),
  );
  const groups = [...document.querySelectorAll("section[data-area], nav .area")];

  // Beside the rules there is room for the list; above them it would be in the way.
  const wide = matchMedia("(min-width: 60rem)");

  const holds = (rule, asked) => {
    const { since, until, party, force, kinds, basis } = rule.dataset;
    const version = Number(asked.version);
    return (
      (!asked.version || (Number(since) <= version && version < Number(until))) &&
      (!asked.party || party === asked.party) &&
      (!asked.force || force === asked.force) &&
      (!asked.kind || kinds.split(" ").includes(asked.kind)) &&
      (!asked.basis || basis.split(" ").includes(asked.basis)) &&
      asked.words.every((word) => texts.get(rule).includes(word))
    );
  };

  const update = () => {
    const asked = Object.fromEntries(new FormData(form));
    asked.words = asked.text.toLowerCase().split(/\s+/).filter(Boolean);
    const narrowed = Object.values(asked).some((value) => value.length > 0);
    let count = 0;
    for (const rule of rules) {
      const shown = holds(rule, asked);
      rule.hidden = !shown;
      const line = lines.get(rule.id);
      if (line) line.hidden = !shown;
      count += shown;
    }
    for (const group of groups) {
      const members = [...group.querySelectorAll("article, li[data-rule]")];
      group.hidden = members.every((member) => member.hidden);
      if (group.matches("details")) group.open = narrowed || wide.matches;
    }
    for (const other of document.querySelectorAll("[data-besides]")) other.hidden = narrowed;
    form.querySelector("output").value = narrowed ? `${count} of ${rules.length} rules` : `${rules.length} rules`;
  };

  // An id is an anchor as it is printed; a link that was written small is meant all the same.
  const target = () => {
    const name = decodeURIComponent(location.hash.slice(1));
    return name && (document.getElementById(name) || document.getElementById(name.toUpperCase()));
  };
  const reveal = () => {
    const found = target();
    if (!found) return;
    if (form && found.closest("[hidden]")) {
      form.reset();
      update();
    }
    for (let around = found; around; around = around.parentElement) {
      if (around.matches("details")) around.open = true;
    }
    if (found.id !== decodeURIComponent(location.hash.slice(1))) {
      location.replace(`#${found.id}`);
    }
    found.scrollIntoView();
    for (const [id, line] of lines) {
      const link = line.querySelector("a");
      if (id === found.id) {
        link.setAttribute("aria-current", "true");
        if (wide.matches) link.scrollIntoView({ block: "nearest" });
      } else {
        link.removeAttribute("aria-current");
      }
    }
  };

  if (form) {
    form.hidden = false;
    form.addEventListener("input", update);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(update));
    update();
  }
  addEventListener("hashchange", reveal);
  reveal();
})();
