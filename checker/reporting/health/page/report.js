"use strict";
(() => {
  const lessons = [...document.querySelectorAll("details.lesson")];
  const chunks = [...document.querySelectorAll(".chunk")];
  const search = document.getElementById("search");
  const choices = [...document.querySelectorAll("input[name=show]")];
  const shown = document.getElementById("shown");
  const none = document.getElementById("none");

  // The text of a lesson is gathered once, while nothing else is to do.
  const texts = new Array(lessons.length);
  const textOf = (i) => (texts[i] ??= lessons[i].textContent.toLowerCase());
  const idle = window.requestIdleCallback ?? ((work) => setTimeout(() => work({ timeRemaining: () => 5 }), 50));
  let gathered = 0;
  const gather = (deadline) => {
    while (gathered < lessons.length && deadline.timeRemaining() > 1) textOf(gathered++);
    if (gathered < lessons.length) idle(gather);
  };
  idle(gather);

  // A filter works in slices, so that a very long course does not stop the page; a newer one takes over.
  const SLICE = 10;
  let current = 0;
  const filter = () => {
    const mine = ++current;
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const choice = choices.find((each) => each.checked)?.value ?? "";
    let i = 0;
    let left = 0;
    const step = () => {
      if (mine !== current) return;
      const until = performance.now() + SLICE;
      while (i < lessons.length && performance.now() < until) {
        const is = !choice || lessons[i].dataset.is.split(" ").includes(choice);
        const fits = is && words.every((word) => textOf(i).includes(word));
        if (lessons[i].hidden === fits) lessons[i].hidden = !fits;
        left += fits;
        i++;
      }
      if (i < lessons.length) {
        requestAnimationFrame(step);
        return;
      }
      // A chunk that is off the screen keeps its height, so an empty one has to go.
      for (const chunk of chunks) {
        const empty = !chunk.querySelector("details.lesson:not([hidden])");
        if (chunk.hidden !== empty) chunk.hidden = empty;
      }
      shown.textContent = shown.dataset.words.replace("{shown}", left).replace("{all}", lessons.length);
      none.hidden = left > 0;
    };
    step();
  };
  // Between two letters typed fast there is nothing to see: the list waits for a pause.
  const PAUSE = 80;
  let waiting = 0;
  search.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(filter, PAUSE);
  });
  choices.forEach((each) => each.addEventListener("change", filter));
  document.querySelector("form.filter").addEventListener("submit", (event) => event.preventDefault());

  const clear = () => {
    search.value = "";
    choices[0].checked = true;
    filter();
  };

  // A link into a closed or filtered lesson opens it.
  const visit = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const lesson = target?.closest("details.lesson");
    if (!lesson) return;
    if (lesson.hidden) clear();
    lesson.hidden = lesson.parentElement.hidden = false;
    lesson.open = true;
    target.scrollIntoView({ block: "start" });
    (target === lesson ? lesson.querySelector("summary") : target).focus({ preventScroll: true });
  };
  window.addEventListener("hashchange", visit);
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (!link) return;
    if (link.dataset.search !== undefined) {
      event.preventDefault();
      search.value = link.dataset.search;
      choices[0].checked = true;
      filter();
      search.focus();
      search.scrollIntoView({ block: "center" });
    } else if (link.getAttribute("href") === location.hash) {
      visit();
    }
  });

  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches("input[type=search]");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      search.focus();
      search.scrollIntoView({ block: "center" });
    } else if (event.key === "Escape" && typing) {
      clear();
    }
  });

  // The map is one stop for Tab; arrows move inside it.
  const map = document.getElementById("map");
  const squares = [...map.querySelectorAll("a")];
  squares.forEach((each, i) => each.setAttribute("tabindex", i ? "-1" : "0"));
  const rows = [...map.querySelectorAll("svg")].map((each) => [...each.querySelectorAll("a")]);
  const go = (from, to) => {
    if (!to || to === from) return;
    from.setAttribute("tabindex", "-1");
    to.setAttribute("tabindex", "0");
    to.focus();
  };
  map.addEventListener("keydown", (event) => {
    const here = event.target.closest("a");
    if (!here) return;
    const row = rows.findIndex((each) => each.includes(here));
    const column = rows[row].indexOf(here);
    const flat = squares.indexOf(here);
    const inRow = (r) => rows[r] && rows[r][Math.min(column, rows[r].length - 1)];
    const moves = {
      ArrowRight: () => squares[flat + 1],
      ArrowLeft: () => squares[flat - 1],
      ArrowDown: () => inRow(row + 1),
      ArrowUp: () => inRow(row - 1),
      Home: () => rows[row][0],
      End: () => rows[row].at(-1),
    };
    if (!moves[event.key]) return;
    event.preventDefault();
    go(here, moves[event.key]());
  });

  // On paper there is nothing to open: what needs work is printed open.
  let opened = [];
  window.addEventListener("beforeprint", () => {
    opened = lessons.filter((each) => !each.hidden && !each.open && each.dataset.is.includes("errors"));
    opened.forEach((each) => (each.open = true));
  });
  window.addEventListener("afterprint", () => {
    opened.forEach((each) => (each.open = false));
  });

  filter();
  visit();
})();
