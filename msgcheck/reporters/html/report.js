"use strict";
/* Findings as data: o order, r rule, s severity, a accepted, d document, l place, y layer, m message, t text, b [before, after] in its
   block, e approved entry, w wording, ch changes, al also, re related, si similarity, c confidence, su suggestion, wy why,
   f fingerprint, p picture, x boxes in percent, z [heading, before, after]. Every text becomes a text node, never HTML. */
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const { findings, documents, entries, rules, severities, changes, layers, sections, pictures, jobs } = data;
  findings.sort((one, other) => one.o - other.o);      /* they come the most severe first */
  const BATCH = 60, PRINTED = 400;
  const order = Object.keys(severities);
  const byId = (id) => document.getElementById(id);

  function make(tag, properties, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(properties || {})) {
      if (value === undefined || value === null || value === false) continue;
      if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
      else if (name in node && name !== "list") node[name] = value;
      else node.setAttribute(name, value === true ? "" : value);
    }
    node.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
    return node;
  }
  const words = (text) => make("bdi", {}, text);
  const name = (path) => path.slice(path.lastIndexOf("/") + 1);
  const say = (text) => { byId("said").textContent = text; };
  const number = (count) => count.toLocaleString("en");

  /* Word diff: longest common subsequence of words; case and punctuation at the edges are no difference. */
  function tokens(text) { return text.match(/\s+|[^\s]+/g) || []; }
  function key(token) { return token.toLowerCase().replace(/^[^\p{L}\p{N}€$£%]+|[^\p{L}\p{N}%€$£°+]+$/gu, ""); }
  function compare(left, right) {
    const a = tokens(left).filter((one) => one.trim()), b = tokens(right).filter((one) => one.trim());
    if (a.length * b.length > 250000) return [a.map(() => true), b.map(() => true)];
    const x = a.map(key), y = b.map(key), width = b.length + 1;
    const table = new Uint16Array((a.length + 1) * width);
    for (let i = a.length - 1; i >= 0; i--) for (let j = b.length - 1; j >= 0; j--) {
      table[i * width + j] = x[i] === y[j] ? table[(i + 1) * width + j + 1] + 1
        : Math.max(table[(i + 1) * width + j], table[i * width + j + 1]);
    }
    const goneA = a.map(() => true), goneB = b.map(() => true);
    for (let i = 0, j = 0; i < a.length && j < b.length;) {
      if (x[i] === y[j]) { goneA[i++] = false; goneB[j++] = false; }
      else if (table[(i + 1) * width + j] >= table[i * width + j + 1]) i++;
      else j++;
    }
    return [goneA, goneB];
  }
  /* Words that stand in one of the `named` phrases are what was found to differ; the rest is other wording. */
  function inPhrases(text, named) {
    const flat = [...tokens(text)].filter((one) => one.trim()).map(key), found = flat.map(() => false);
    for (const phrase of named) {
      const wanted = tokens(phrase || "").filter((one) => one.trim()).map(key);
      for (let at = 0; wanted.length && at + wanted.length <= flat.length; at++) {
        if (wanted.every((word, step) => flat[at + step] === word)) { found.fill(true, at, at + wanted.length); break; }
      }
    }
    return found;
  }
  function marked(text, gone, tag, named) {
    const line = make("bdi", {}), found = inPhrases(text, named);
    let run = null, at = 0, gap = "", last = "";
    for (const token of tokens(text)) {
      if (!token.trim()) { gap = token; continue; }
      const kind = found[at] ? "key" : gone[at] ? "other" : "";
      at++;
      if (run && kind === last) run.append(gap, token);
      else if (kind) { run = make(tag, { className: kind }, token); line.append(gap, run); }
      else { run = null; line.append(gap, token); }
      last = kind;
      gap = "";
    }
    return line;
  }

  /* Filters. */
  const state = { by: "message", q: "", rule: "", severity: "", owner: "", audience: "", change: "", status: "open", document: "", job: "", entry: "" };
  const haystack = findings.map((one) => {
    const entry = one.e === undefined ? null : entries[one.e];
    const doc = documents[one.d];
    return [one.t, one.m, doc && doc.n, entry && entry.i, entry && entry.t, one.l, one.r, rules[one.r].t, one.su].join("\n").toLowerCase();
  });
  function fits(one, at, but) {
    const doc = documents[one.d] || { o: "", a: [], n: "" };
    return (but === "status" || state.status === "all" || (state.status === "accepted") === !!one.a)
      && (but === "rule" || !state.rule || one.r === state.rule)
      && (but === "severity" || !state.severity || one.s === state.severity)
      && (but === "owner" || !state.owner || doc.o === state.owner)
      && (but === "audience" || !state.audience || doc.a.includes(state.audience))
      && (but === "change" || !state.change || (one.ch || []).some((change) => change[0] === state.change))
      && (but === "document" || !state.document || doc.n === state.document)
      && (!state.job || jobs[state.job].includes(one.r))
      && (!state.entry || (one.e !== undefined && entries[one.e].i === state.entry))
      && (!state.q || state.q.toLowerCase().split(/\s+/).every((part) => haystack[at].includes(part)));
  }

  const unique = (values) => [...new Set(values)].filter(Boolean);
  const selects = {};
  function select(label, field, values, title) {
    const box = make("select", { id: `filter-${field}`, onchange: () => { state[field] = box.value; state.job = ""; refresh(); } });
    selects[field] = { box, values, title };
    return make("label", {}, label, box);
  }
  function options() {
    for (const [field, { box, values, title }] of Object.entries(selects)) {
      const tally = new Map();
      findings.forEach((one, at) => {
        if (!fits(one, at, field)) return;
        const doc = documents[one.d] || { o: "", a: [], n: "" };
        const own = { rule: [one.r], severity: [one.s], owner: [doc.o], audience: doc.a, change: unique((one.ch || []).map((c) => c[0])), document: [doc.n] }[field];
        for (const value of own) tally.set(value, (tally.get(value) || 0) + 1);
      });
      const shown = values.filter((value) => tally.has(value) || value === state[field]);
      box.replaceChildren(make("option", { value: "" }, "All"),
        ...shown.map((value) => make("option", { value }, `${title(value)} (${number(tally.get(value) || 0)})`)));
      box.value = state[field];
      box.classList.toggle("set", !!state[field]);
    }
  }

  const pressed = {};
  function segmented(legend, field, choices) {
    pressed[field] = choices.map(([value, label]) => make("button", { type: "button", value,
      onclick: () => { state[field] = value; refresh(); } }, label));
    return make("fieldset", { className: "group-by" }, make("legend", {}, legend), ...pressed[field]);
  }

  let search, count, reset, timer;
  function filters() {
    search = make("input", { type: "search", id: "filter-text", autocomplete: "off", placeholder: "Search in the findings",
      oninput: () => { clearTimeout(timer); timer = setTimeout(() => { state.q = search.value.trim(); refresh(); }, 120); } });
    count = make("p", { className: "count" });
    const left = data.left ? make("p", { className: "hint" }, `The ${number(findings.length)} most pressing of ${number(findings.length + data.left)} findings are in this file; the reports in JSON and CSV have them all.`) : null;
    reset = make("button", { type: "button", className: "quiet", onclick: () => { clear(); refresh(); search.focus(); } }, "Clear all filters");
    const owners = unique(documents.map((doc) => doc.o)).sort(), audiences = unique(documents.flatMap((doc) => doc.a)).sort();
    const kinds = Object.keys(changes).filter((kind) => findings.some((one) => (one.ch || []).some((c) => c[0] === kind)));
    const status = [["open", "Open"], ["accepted", "Accepted"], ["all", "All"]];
    byId("filters").append(
      make("label", { className: "search" }, make("span", { className: "hidden" }, "Search"), search),
      make("details", { className: "choose", open: !window.matchMedia("(max-width: 46rem)").matches }, make("summary", {}, "Filters"), make("div", { className: "bar" },
        select("What is wrong", "rule", Object.keys(rules), (rule) => rules[rule].t),
        select("How serious", "severity", order, (one) => severities[one]),
        owners.length ? select("Owner", "owner", owners, (one) => one) : null,
        audiences.length ? select("Audience", "audience", audiences, (one) => one) : null,
        kinds.length ? select("What changed", "change", kinds, (one) => changes[one]) : null,
        documents.length > 1 ? select("Document", "document", documents.map((doc) => doc.n), name) : null)),
      make("div", { className: "status-line" },
        segmented("Group by", "by", [["message", "Message"], ["document", "Document"]]),
        findings.some((one) => one.a) ? segmented("Show", "status", status) : null,
        count, reset), ...(left ? [left] : []));
  }
  function clear() {
    Object.assign(state, { q: "", rule: "", severity: "", owner: "", audience: "", change: "", status: "open", document: "", job: "", entry: "" });
    search.value = "";
  }

  /* The list: groups in order of weight, drawn in batches as the reader goes down. */
  function groupKey(one) {
    if (state.by === "document") return `d${one.d}`;
    const entry = one.e === undefined ? null : entries[one.e];
    return entry ? `e${entry.s}\n${entry.i}` : `r${one.r}`;
  }
  function groups() {
    const found = new Map();
    findings.forEach((one, at) => {
      if (!fits(one, at)) return;
      const id = groupKey(one);
      if (!found.has(id)) found.set(id, []);
      found.get(id).push(one);
    });
    const weight = (list) => list.reduce((sum, one) => sum + (one.s === "error" ? 1000 : 1), 0);
    const all = [...found.values()];
    if (state.by === "message") all.sort((a, b) => weight(b) - weight(a));
    return all;
  }
  const findingOf = new WeakMap();
  let queue = [], shown = 0;
  const list = byId("list");
  const more = make("button", { type: "button", className: "more", onclick: () => draw(BATCH) }, "Show more");
  const watcher = "IntersectionObserver" in window
    ? new IntersectionObserver((seen) => { if (seen.some((one) => one.isIntersecting)) draw(BATCH); }, { rootMargin: "800px" }) : null;
  function heading(one) {
    const doc = documents[one.d], entry = one.e === undefined ? null : entries[one.e];
    if (state.by === "document") return [words(doc ? doc.n : "Several documents"), doc ? [doc.k, doc.o, doc.a.join(", ")].filter(Boolean).join(" · ") : ""];
    if (!entry) return [rules[one.r].t, ""];
    return [words(entry.t || (entry.s === "products" || entry.s === "company" || entry.s === "terms" ? one.w : "") || entry.i), [sections[entry.s] || entry.s, entry.t ? entry.i : "", entry.p].filter(Boolean).join(" · ")];
  }
  function refresh() {
    options();
    for (const [field, buttons] of Object.entries(pressed)) for (const one of buttons) one.setAttribute("aria-pressed", String(one.value === state[field]));
    queue = [];
    let total = 0;
    const all = groups();
    for (const group of all) { queue.push({ group }); for (const one of group) queue.push({ one }); total += group.length; }
    list.replaceChildren();
    shown = 0;
    const active = state.job ? `, ${jobs[state.job].map((rule) => rules[rule] && rules[rule].t.toLowerCase()).filter(Boolean).join("; ")}` : "";
    count.textContent = total === findings.length ? `${number(total)} findings` : `${number(total)} of ${number(findings.length)} findings${active}`;
    reset.hidden = !(state.q || state.rule || state.severity || state.owner || state.audience || state.change || state.document || state.job || state.entry || state.status !== "open");
    if (!total) list.append(make("p", { className: "empty" }, findings.length ? "No finding fits these filters." : "There is nothing to correct and nothing to look at."));
    say(count.textContent);
    draw(BATCH);
  }
  function draw(upTo) {
    more.remove();
    let place = list.lastElementChild && list.lastElementChild.classList.contains("group") ? list.lastElementChild : null;
    const end = Math.min(queue.length, shown + upTo);
    for (; shown < end; shown++) {
      const { group, one } = queue[shown];
      if (group) {
        const [title, kind] = heading(group[0]);
        place = make("section", { className: "group" }, make("h3", {},
          make("span", { className: "text" }, kind ? make("span", { className: "kind" }, kind) : "", title),
          make("span", { className: "hint" }, `${number(group.length)} ${group.length === 1 ? "finding" : "findings"}`)));
        list.append(place);
      } else place.append(row(one, state.by === "document" || one.e !== undefined));
    }
    if (shown < queue.length) { list.append(more); if (watcher) { watcher.disconnect(); watcher.observe(more); } }
  }
  function makeRow(one, titled) {
    const doc = documents[one.d];
    const details = make("details", { className: "finding" },
      make("summary", {},
        make("span", { className: "title" }, make("span", { className: `badge ${one.a ? "note" : one.s}` }, one.a ? "Accepted" : severities[one.s] || one.s), titled ? rules[one.r].t : ""),
        make("span", { className: "place" }, state.by === "document" || !doc ? one.l : make("span", {}, words(name(doc.n)), `, ${one.l}`)),
        make("span", { className: "said" }, said(one))));
    details.addEventListener("toggle", () => { if (details.open) fill(details, one); });
    return details;
  }
  /* The found words; a single word or name with a little of what stands around it. */
  function said(one) {
    if (one.t === undefined) return words(one.m);
    const [before, after] = one.b;
    if (one.t.length > 40 || !(before || after)) return words(one.t);
    const left = before.length > 70 ? `… ${before.slice(-70).replace(/^\S*\s/, "")}` : before;
    const right = after.length > 90 ? `${after.slice(0, 90).replace(/\s\S*$/, "")} …` : after;
    return make("bdi", {}, left, make("mark", {}, one.t), right);
  }
  function fill(details, one) {
    if (details.querySelector(".body")) return;
    const look = picture(one), facts = explain(one);
    details.append(make("div", { className: look ? "body" : "body wide" }, look, facts));
    if (look) settle(look, one);
  }

  /* What stands where: a page, a slide, or the passage among its neighbours. */
  function passage(one) {
    const [heading, before, after] = one.z || ["", "", ""], [left, right] = one.b || ["", ""];
    const serif = (text, kind) => (text ? make("p", { className: `words ${kind}` }, words(text)) : null);
    return make("div", { className: "passage" }, serif(heading, "heading"), serif(before, "near"),
      make("p", { className: "words", dir: "auto" }, left, make("mark", {}, one.t), right), serif(after, "near"));
  }
  function picture(one) {
    if (one.t === undefined) return null;
    if (one.p === undefined) return one.b && (one.b[0] || one.b[1] || one.z) ? make("div", {}, passage(one)) : null;
    const look = pictures[one.p], source = byId(`picture-${one.p}`).textContent;
    const sheet = make("div", { className: "sheet", role: "img" });
    const doc = documents[one.d];
    sheet.setAttribute("aria-label", `${look.k} ${look.n} of ${doc ? doc.n : ""}, with the passage marked`);
    sheet.style.aspectRatio = `${look.w} / ${look.h}`;
    if (look.m === "application/json") slide(sheet, look, JSON.parse(source), one);
    else sheet.append(make("img", { alt: "", decoding: "async", src: `data:${look.m};base64,${source}` }));
    for (const [left, top, width, height] of one.x || []) {
      const box = make("div", { className: look.k === "slide" ? "box outline" : "box" });
      Object.assign(box.style, { left: `${left}%`, top: `${top}%`, width: `${width}%`, height: `${height}%` });
      sheet.append(box);
    }
    const frame = make("div", { className: "window" }, sheet);
    const whole = make("button", { type: "button", className: "quiet", "aria-expanded": "false", onclick: () => {
      const on = frame.classList.toggle("whole");
      whole.setAttribute("aria-expanded", String(on));
      whole.textContent = on ? `Show only the part` : `Show the whole ${look.k}`;
      if (on) Object.assign(sheet.style, { marginTop: "", marginLeft: "", width: "" }); else settle(figure, one);
    } }, `Show the whole ${look.k}`);
    const figure = make("figure", { className: "page" }, frame, make("figcaption", {}, make("span", {}, look.m === "application/json" ? `${one.l}, drawn from its words and shapes` : one.l), whole),
      one.z || one.y === "notes" || (look.k === "slide" && look.m !== "application/json") ? passage(one) : null);
    return figure;
  }
  function settle(figure, one) {
    const frame = figure.querySelector(".window"), sheet = figure.querySelector(".sheet");
    if (!frame) return;
    const button = figure.querySelector("figcaption button");
    if (sheet.offsetHeight - frame.clientHeight < 12 || pictures[one.p].k === "slide") { button.hidden = true; frame.classList.add("whole"); return; }
    if (!one.x || !one.x.length) return;
    const left = Math.min(...one.x.map((box) => box[0])), right = Math.max(...one.x.map((box) => box[0] + box[2]));
    const top = Math.min(...one.x.map((box) => box[1])), bottom = Math.max(...one.x.map((box) => box[1] + box[3]));
    const zoom = Math.max(1, Math.min(1.75, 90 / Math.max(1, right - left)));
    sheet.style.width = `${100 * zoom}%`;
    /* In percent of the frame's width, so that it holds in print as well. */
    const shift = (middle, size, seen) => `${-100 * Math.max(0, Math.min(size - seen, middle - seen / 2)) / frame.clientWidth}%`;
    sheet.style.marginTop = shift(sheet.offsetHeight * (top + bottom) / 200, sheet.offsetHeight, frame.clientHeight);
    sheet.style.marginLeft = shift(sheet.offsetWidth * (left + right) / 200, sheet.offsetWidth, frame.clientWidth);
  }
  function slide(sheet, look, drawn, one) {
    const unit = (points) => `${100 * points / look.w}cqw`;
    const colour = (value) => (/^#[0-9a-f]{6}$/.test(value || "") ? value : "");
    sheet.style.background = colour(drawn.bg) || "#ffffff";
    const flat = (text) => text.replace(/\s+/g, " ").trim();
    const [before, after] = one.b || ["", ""], whole = flat(before + one.t + after), wanted = { words: flat(one.t), at: 0 };
    const texts = drawn.shapes.flatMap((shape) => (shape.p || []).map((paragraph) => flat(paragraph.r.map((run) => run[0]).join(""))));
    if (texts.includes(whole)) Object.assign(wanted, { only: whole, at: flat(`${before}|`).length - 1 });
    for (const shape of drawn.shapes) {
      const [left, top, right, bottom] = shape.b;
      const node = make("div", { className: `shape ${shape.anchor || "t"}${shape.pic ? " pic" : ""}${shape.round === 1 ? " round" : shape.round === 2 ? " ellipse" : ""}` });
      Object.assign(node.style, { left: unit(left), top: unit(top), width: unit(right - left), minHeight: unit(bottom - top), background: colour(shape.fill) || "" });
      if (shape.pic || shape.img) node.style.height = unit(bottom - top);
      if (shape.line) node.style.border = `1px solid ${colour(shape.line) || "transparent"}`;
      if (shape.img) node.append(make("img", { alt: "", decoding: "async", src: `data:image/webp;base64,${shape.img}` }));
      for (const paragraph of shape.p || []) {
        const line = make("p", { className: paragraph.a || "l", dir: "auto" });
        const indent = (paragraph.l || 0) * 18 + (paragraph.b ? 16 : 0);
        if (indent) line.style.paddingInlineStart = unit(indent);
        if (paragraph.b) { line.style.textIndent = unit(-12); line.append("• "); }
        runs(line, paragraph.r, wanted, unit, colour);
        if (!paragraph.r.length) line.append("\u00a0");
        node.append(line);
      }
      sheet.append(node);
    }
  }
  function runs(line, parts, wanted, unit, colour) {
    let flat = "";
    const map = [];
    parts.forEach(([text], run) => [...text].forEach((char) => {
      const blank = /\s/.test(char);
      if (blank && flat.endsWith(" ")) { map[map.length - 1].push([run, char]); return; }
      flat += blank ? " " : char;
      for (let unit16 = 1; unit16 < char.length; unit16++) map.push([]);
      map.push([[run, char]]);
    }));
    const mine = wanted.words && (!wanted.only || flat.trim() === wanted.only);
    const begin = mine ? flat.indexOf(wanted.words, Math.max(0, wanted.at)) : -1, end = begin + wanted.words.length;
    let current = null, span = null, inside = null;
    map.forEach((chars, at) => chars.forEach(([run, char]) => {
      const on = begin >= 0 && at >= begin && at < end;
      if (run !== current || on !== inside) {
        const [, size, ink, bold, italic] = parts[run];
        span = make(on ? "mark" : "span", {});
        span.style.fontSize = unit(size);
        if (!on && colour(ink)) span.style.color = colour(ink);
        if (bold) span.style.fontWeight = "700";
        if (italic) span.style.fontStyle = "italic";
        line.append(span);
        current = run; inside = on;
      }
      span.append(char);
    }));
    line.normalize();
  }

  /* Why, what is approved, what to do. */
  function copier(text) {
    const button = make("button", { type: "button", onclick: async () => {
      let done = true;
      try { await navigator.clipboard.writeText(text); } catch {
        const field = make("textarea", { value: text });
        document.body.append(field); field.select();
        done = document.execCommand("copy");
        field.remove(); button.focus();
      }
      button.textContent = done ? "Copied" : "Could not copy";
      say(button.textContent);
      setTimeout(() => { button.textContent = "Copy the words"; }, 1800);
    } }, "Copy the words");
    return button;
  }
  function explain(one) {
    const entry = one.e === undefined ? null : entries[one.e], rule = rules[one.r];
    const box = make("div", { className: "facts-of" });
    box.append(make("p", {}, words(one.m)));
    const approved = one.w || (entry && entry.t) || "", refused = Boolean(entry) && ["prohibited", "retired"].includes(entry.s);
    const comparable = approved && one.t !== undefined && entry && ["messages", "claims", "facts", "taglines", "boilerplate", "definitions"].includes(entry.s);
    if (comparable && one.t.length < 4 * approved.length + 200) {
      const [gone, added] = compare(approved, one.t), named = (one.ch || []).filter(([, a, b]) => a || b);
      const pair = make("div", {}, make("div", { className: "pair" },
        make("div", {}, make("h4", {}, "Approved"), make("p", { className: "words approved" }, marked(approved, gone, "del", named.map((change) => change[1])))),
        make("div", {}, make("h4", {}, "Found"), make("p", { className: "words found" }, marked(one.t, added, "ins", named.map((change) => change[2]))))));
      if ((one.ch || []).length) pair.append(make("ul", { className: "chips", "aria-label": "What changed" }, ...(one.ch || []).map(([kind, a, b]) =>
        make("li", {}, make("b", {}, changes[kind] || kind), named.length && (a || b) ? ": " : "", a ? words(a) : b ? "nothing" : "", a || b ? " → " : "", b ? words(b) : a ? "left out" : ""))));
      box.append(pair);
    } else if (approved && approved !== one.su && one.su !== undefined || approved && refused || approved && approved !== one.su && one.t === undefined) {
      box.append(make("div", { className: "pair" }, make("div", {}, make("h4", {}, entry && sections[entry.s] || "Approved"), make("p", { className: "words" }, words(approved)))));
    }
    if (one.su) box.append(make("div", { className: "suggestion" }, make("h4", {}, "Suggestion"), make("p", { className: "words" }, words(one.su)), copier(one.su)));
    if (rule.w || rule.m || (entry && entry.y)) box.append(make("div", {}, make("h4", {}, "Why it matters, and what to do"),
      entry && entry.y ? make("p", {}, "From the guide: ", words(entry.y)) : null, rule.w ? make("p", {}, rule.w) : null, rule.m ? make("p", {}, rule.m) : null));
    if (entry && (entry.e || entry.o || entry.x)) box.append(make("div", { className: "evidence" }, make("h4", {}, refused ? "Behind the guide's words" : "Evidence behind the approved words"),
      make("p", {}, words([entry.e, entry.o && `owned by ${entry.o}`, entry.x && `good until ${entry.x}`].filter(Boolean).join("; ")))));
    if (one.re) box.append(make("div", {}, make("h4", {}, "The other place"), make("ul", { className: "places" }, ...one.re.map(([, path, place, text]) =>
      make("li", {}, make("span", { className: "words" }, words(text)), make("span", { className: "hint" }, words(path), `, ${place}`))))));
    if (one.al) box.append(make("div", {}, make("h4", {}, "When this is mended, also look at"), make("ul", { className: "places" },
      ...one.al.map(([other, id]) => make("li", {}, (rules[other] && rules[other].t) || other.replaceAll("-", " "), id ? make("span", {}, ": ", words(id)) : "")))));
    const lines = (one.wy || []).map((line) => make("li", {}, words(line)));
    const sure = one.c >= .9 ? "very sure" : one.c >= .75 ? "fairly sure" : one.c >= .5 ? "not quite sure: read it yourself" : "unsure: read it yourself";
    box.append(make("details", { className: "sure" }, make("summary", {}, `How sure is this? ${sure[0].toUpperCase()}${sure.slice(1)}.`),
      make("ul", {}, ...lines, make("li", {}, `Confidence ${Math.round(100 * one.c)} %${one.si === undefined ? "" : `, likeness in meaning to the guide's words ${Math.round(100 * one.si)} %`}.`),
        make("li", {}, `Found ${layers[one.y] || one.y}. Rule `, make("code", {}, one.r), one.f ? ", finding " : "", one.f ? make("code", {}, one.f) : "", "."))));
    return box;
  }

  /* Pages of the report; the address says which, so that Back works. */
  const views = [...document.querySelectorAll(".view")];
  function go() {
    const id = location.hash.slice(1), current = views.find((view) => view.id === id) || views[0];
    for (const view of views) {
      view.classList.toggle("current", view === current);
      const link = byId(`to-${view.id}`);
      if (view === current) link.setAttribute("aria-current", "page"); else link.removeAttribute("aria-current");
    }
    if (id) window.scrollTo(0, 0);
  }
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href='#findings']");
    if (!link || link.parentElement.tagName === "NAV") return;
    clear();
    const { job, document: doc, accepted, entry, owner } = link.dataset;
    if (job) state.job = job;
    if (doc) { state.document = doc; state.by = "document"; }
    if (doc && entry) state.status = "all";
    if (entry) state.entry = entry;
    if (owner) state.owner = owner;
    if (accepted) state.status = "accepted";
    refresh();
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || /INPUT|SELECT|TEXTAREA/.test(event.target.tagName)) return;
    if (!byId("findings").classList.contains("current")) return;
    if (event.key === "/") { event.preventDefault(); search.focus(); return; }
    if (event.key !== "j" && event.key !== "k") return;
    const rows = [...list.querySelectorAll("details.finding > summary")];
    const at = rows.findIndex((one) => one.parentElement.contains(document.activeElement));
    const next = rows[event.key === "j" ? at + 1 : Math.max(0, at - 1)];
    if (next) { next.focus(); next.scrollIntoView({ block: "nearest" }); }
  });
  window.addEventListener("hashchange", go);
  window.addEventListener("beforeprint", () => {
    for (const view of views) view.classList.add("current");
    for (const rest of document.querySelectorAll("details.rest")) rest.open = true;
    while (shown < Math.min(queue.length, PRINTED)) draw(BATCH);
    const left = queue.slice(shown).filter((item) => item.one).length;
    if (left) list.append(make("p", { className: "hint unprinted" }, `${number(left)} more findings are in the file on the screen.`));
    for (const details of list.querySelectorAll("details.finding")) { details.open = true; fill(details, findingOf.get(details)); }
  });
  window.addEventListener("afterprint", () => { for (const note of list.querySelectorAll(".unprinted")) note.remove(); go(); });
  function row(one, titled) { const details = makeRow(one, titled); findingOf.set(details, one); return details; }

  document.documentElement.classList.add("js");
  filters();
  refresh();
  say("");
  go();
})();
