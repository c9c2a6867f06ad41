/* Saves each answer as it is given, and says so only once the server has it.

   Without this file the page works as a plain form. The form's data attributes hold the address
   to save at and the words to say, so that no language is spoken here. */
"use strict";

(function () {
  const form = document.getElementById("answers");
  if (!form || !window.fetch) return;

  const words = form.dataset;
  const status = document.querySelector('[data-for="answers"]');
  const count = document.getElementById("count");
  const comment = form.elements.namedItem("comment");
  const csrf = form.elements.namedItem("csrfmiddlewaretoken").value;
  const asked = form.querySelectorAll("fieldset.nb-ask");

  /* What waits to be saved: the last thing said of each field, by its name. */
  const waiting = new Map();
  /* What the server refused, by its name, until it is answered anew. */
  const refused = new Map();
  const PATIENCE = [1000, 2000, 4000, 8000, 15000, 30000];
  const TYPING_PAUSE = 1200;
  let sending = false;
  let failures = 0;
  let timer = 0;
  let typing = 0;
  let leaving = false;
  let flight = null;
  let turning = null;

  function say(strong, rest, mark) {
    status.replaceChildren();
    if (mark) {
      const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
      for (const [name, value] of [["width", "14"], ["height", "12"], ["viewBox", "0 0 14 12"], ["aria-hidden", "true"]]) svg.setAttribute(name, value);
      const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
      for (const [name, value] of [["d", "M1 6.5 5 10.5 13 1.5"], ["fill", "none"], ["stroke", "currentColor"], ["stroke-width", "2"]]) path.setAttribute(name, value);
      svg.append(path);
      status.append(svg);
    }
    const line = document.createElement("span");
    const head = document.createElement("strong");
    head.textContent = strong;
    line.append(head, rest ? " " + rest : "");
    status.append(line);
  }

  function two(number) {
    return String(number).padStart(2, "0");
  }

  function saidSaved() {
    const now = new Date();
    say(words.saved, words.at.replace("%s", words.clock.replace("%h", two(now.getHours())).replace("%m", two(now.getMinutes()))), true);
    showCount();
  }

  /* "All saved" is true only while nothing waits: what is chosen here is then what the server has. */
  function showCount() {
    const answered = Array.from(asked).filter((one) => one.querySelector("input:checked")).length;
    const text = waiting.size + refused.size > 0 || typing ? words.count : words.countsaved;
    const head = document.createElement("strong");
    head.textContent = text.replace("%s", answered).replace("%t", asked.length);
    count.replaceChildren(head, answered < asked.length ? " " + words.open : "");
  }

  function later(name, body) {
    waiting.set(name, body);
    refused.delete(name);
    failures = 0;
    window.clearTimeout(timer);
    showCount();
    send();
  }

  async function send() {
    if (sending || leaving || waiting.size === 0) return;
    sending = true;
    flight = new AbortController();
    const patience = window.setTimeout(() => flight.abort(), 20000);
    const [name, body] = waiting.entries().next().value;
    if (failures === 0) say(words.saving, "");
    let answer = null;
    try {
      answer = await fetch(words.save, {
        method: "POST",
        body: new URLSearchParams(body),
        headers: { "X-CSRFToken": csrf, Accept: "application/json" },
        credentials: "same-origin",
        redirect: "error",
        signal: flight.signal,
      });
    } catch {
      answer = null;
    }
    let told = {};
    if (answer) {
      try {
        told = await answer.json();
      } catch {
        told = {};
      }
    }
    window.clearTimeout(patience);
    sending = false;
    if (turning) {
      const turn = turning;
      turning = null;
      form.requestSubmit(turn.submitter);
      return;
    }
    if (answer && answer.ok && told.saved === true) {
      failures = 0;
      /* Answered anew while this was under way: then the newer one still waits. */
      if (waiting.get(name) === body) waiting.delete(name);
    } else if (answer && answer.status >= 400 && answer.status < 500 && answer.status !== 408 && answer.status !== 429) {
      failures = 0;
      if (waiting.get(name) === body) {
        waiting.delete(name);
        refused.set(name, told.message || words.refused);
      }
    } else {
      say(words.unsaved, words.again);
      timer = window.setTimeout(send, PATIENCE[Math.min(failures, PATIENCE.length - 1)]);
      failures += 1;
      return;
    }
    if (waiting.size > 0) {
      send();
    } else if (refused.size > 0) {
      say(words.unsaved, Array.from(refused.values())[0]);
    } else {
      saidSaved();
    }
  }

  function sayComment() {
    window.clearTimeout(typing);
    typing = 0;
    later("comment", { element: words.element, comment: comment.value });
  }

  form.addEventListener("change", (event) => {
    const field = event.target;
    /* The field's name is the question's code after "q-", which keeps it apart from other names. */
    if (field.type === "radio") later(field.name, { code: field.name.slice(2), value: field.value });
    else if (field === comment && typing) sayComment();
  });

  if (comment) {
    comment.addEventListener("input", () => {
      if (!typing) say(words.saving, "");
      window.clearTimeout(typing);
      typing = window.setTimeout(sayComment, TYPING_PAUSE);
      showCount();
    });
  }

  /* The connection is back: no need to sit out the pause. */
  window.addEventListener("online", () => {
    window.clearTimeout(timer);
    send();
  });

  /* The form itself carries all of the page. An answer that is under way comes first, though, lest
     it overtake the form and bring an older choice back; a slow one is given up after a moment. */
  form.addEventListener("submit", (event) => {
    window.clearTimeout(timer);
    window.clearTimeout(typing);
    if (sending) {
      event.preventDefault();
      turning = { submitter: event.submitter };
      window.setTimeout(() => flight.abort(), 3000);
      return;
    }
    leaving = true;
  });

  window.addEventListener("beforeunload", (event) => {
    if (!leaving && (waiting.size > 0 || refused.size > 0 || typing)) event.preventDefault();
  });

  /* Come back by the browser's Back: the page that was left is alive again. */
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) leaving = false;
  });

  /* A page that came back with something wrong on it: that is not saved, and this says so. */
  for (const error of form.querySelectorAll(".nb-error[id]")) {
    refused.set(error.id.replace(/^error-/, ""), error.textContent);
  }
  if (refused.size > 0) say(words.unsaved, Array.from(refused.values())[0]);
  showCount();
})();
