/* What can be measured of how a page looks (looks.py). Lists of sentences; an empty list is well. */
(() => {
  const seen = (e) => e.checkVisibility({ visibilityProperty: true }) && !e.closest(".vh, svg, [hidden]");
  const brief = (e) =>
    (e.getAttribute("aria-label") || e.innerText || e.value || e.name || "").trim().slice(0, 40) +
    " <" +
    e.tagName.toLowerCase() +
    (typeof e.className === "string" && e.className ? "." + e.className : "") +
    ">";
  /* What a finger can hit: the label of a control is part of it. */
  const target = (e) => (e.matches("input") && e.closest("label")) || e;
  const box = (e) => e.getBoundingClientRect();
  const stops = () =>
    [
      ...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]'),
    ].filter(
      (e) =>
        e.checkVisibility({ visibilityProperty: true }) &&
        !e.disabled &&
        e.tabIndex >= 0 &&
        !(e.type === "radio" && inGroup(e) !== e),
    );
  const inGroup = (e) => {
    const all = [...document.querySelectorAll(`input[type=radio][name="${CSS.escape(e.name)}"]`)];
    return all.find((one) => one.checked) || all[0];
  };

  const fits = () => {
    const found = [],
      root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) {
      const out = [...document.querySelectorAll("body *")].filter(
        (e) => seen(e) && box(e).right > root.clientWidth + 1,
      );
      found.push(`scrolls sideways by ${root.scrollWidth - root.clientWidth}: ${out.slice(-3).map(brief)}`);
    }
    const lines = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const text = walker.currentNode,
        e = text.parentElement;
      if (!text.textContent.trim() || !seen(e) || e.closest("option, script, .plate")) continue;
      const range = document.createRange();
      range.selectNodeContents(text);
      const rects = [...range.getClientRects()].filter((r) => r.width > 1);
      const room = e.closest(
        ".cell, .btn, .chip, .choice, .card, .well, .row, summary, label, li, p, main, .top",
      );
      let clip = e,
        scrolls = false;
      while (clip && clip !== document.body) {
        const s = getComputedStyle(clip);
        if (/auto|scroll/.test(s.overflowX + s.overflowY)) {
          scrolls = true;
          break;
        }
        if (/hidden|clip/.test(s.overflowX + s.overflowY)) break;
        clip = clip.parentElement;
      }
      if (scrolls) continue;
      for (const r of rects) {
        for (const within of [room, clip === document.body ? null : clip]) {
          if (!within) continue;
          const b = box(within);
          if (r.right > b.right + 1 || r.left < b.left - 1) found.push(`stands out of its box: ${brief(e)}`);
          if (within === clip && (r.bottom > b.bottom + 3 || r.top < b.top - 3))
            found.push(`cut: ${brief(e)}`);
        }
        if (!e.closest(".bar")) lines.push([r, e, text]);
      }
    }
    for (let i = 0; i < lines.length; i += 1)
      for (let j = i + 1; j < lines.length; j += 1) {
        const [a, one, here] = lines[i],
          [b, other, there] = lines[j];
        if (here === there) continue;
        const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (wide > 2 && high > 0.4 * Math.min(a.height, b.height))
          found.push(`over each other: ${brief(one)} ${brief(other)}`);
      }
    const moving = [...document.querySelectorAll("body *")].filter((e) => {
      const s = getComputedStyle(e);
      return s.transitionDuration.split(",").some((d) => parseFloat(d) > 0) || s.animationName !== "none";
    });
    if (matchMedia("(prefers-reduced-motion: reduce)").matches && moving.length)
      found.push(`moves: ${brief(moving[0])}`);
    return [...new Set(found)];
  };

  const targets = (...least) => {
    const inText = (e) =>
      getComputedStyle(e).display === "inline" &&
      (e.closest("p, li, label, span")?.innerText || "").trim() !== e.innerText.trim();
    return [
      ...new Set(
        stops()
          .concat([...document.querySelectorAll("input[type=radio]")])
          .filter((e) => e.checkVisibility({ visibilityProperty: true }) && !inText(e) && !e.closest(".vh"))
          .map((e) => [target(e), box(target(e))])
          .filter(([e, b]) => b.width > 1 && (b.height < least[1] || b.width < least[0]))
          .map(
            ([e, b]) => `${Math.round(b.width * 10) / 10} x ${Math.round(b.height * 10) / 10}: ${brief(e)}`,
          ),
      ),
    ];
  };

  const watch = () => {
    window.wrongWithFocus = [];
    window.reached = new Set();
    window.toSeeAgain = new Set();
    window.toReach = stops();
    const look = () => {
      const e = document.activeElement;
      if (!e || e === document.body || window.reached.has(e)) return;
      window.reached.add(e);
      const say = (what) => {
        window.wrongWithFocus.push(`${what}: ${brief(e)}`);
        window.toSeeAgain.add(e);
      };
      const mine = target(e),
        b = box(mine),
        bar = [...document.querySelectorAll(".bar, .help-place")].find((one) => box(one).height > 0);
      const foot = bar && !bar.contains(e) ? box(bar).top : innerHeight;
      /* A browser brings the caret of a long text into view, not the whole of it; a long table likewise. */
      const bottom = e.matches("textarea, .scroll") ? b.top + 48 : b.bottom;
      if (b.height < foot && (b.top < -1 || bottom > foot + 1))
        say(`hidden (${b.top} to ${b.bottom} of ${foot})`);
      const ring = [e, mine, e.closest(".cell, .chip, .choice, .row")].find((one) => {
        const s = one && getComputedStyle(one);
        return s && s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2 && s.opacity !== "0";
      });
      if (!ring) return say("no ring");
      const s = getComputedStyle(ring),
        out = parseFloat(s.outlineOffset) + parseFloat(s.outlineWidth),
        r = box(ring);
      for (let up = ring.parentElement; up && up !== document.body; up = up.parentElement) {
        if (!/hidden|clip|auto|scroll/.test(getComputedStyle(up).overflowX)) continue;
        const c = box(up);
        if (r.left - out < c.left - 1 || r.right + out > c.right + 1) say("the ring is cut");
      }
    };
    addEventListener("keydown", look, true);
    window.lookAtFocus = look;
    return window.toReach.length;
  };

  const again = () => {
    window.wrongWithFocus = [];
    for (const e of window.toSeeAgain) window.reached.delete(e);
  };

  const reached = () => {
    window.lookAtFocus();
    const still = new Set(stops());
    const missed = window.toReach.filter(
      (e) =>
        still.has(e) &&
        !window.reached.has(e) &&
        !(e.type === "radio" && [...window.reached].some((one) => one.name === e.name)),
    );
    return [...new Set(window.wrongWithFocus.concat(missed.map((e) => `not reached: ${brief(e)}`)))];
  };

  const large = (size) => {
    const own = new CSSStyleSheet();
    own.replaceSync(`:root { font-size: ${size}% } * { letter-spacing: 0.12em !important;
      word-spacing: 0.16em !important; line-height: 1.5 !important } p { margin-bottom: 2em !important }`);
    document.adoptedStyleSheets = size ? [own] : [];
  };

  /* A chart follows its room a moment later: the server draws it anew. Ten seconds are patience, not a limit. */
  const drawn = async () => {
    const room = document.querySelector(".room"),
      until = Date.now() + 10000;
    if (!room) return;
    const wide = () => {
      const text = parseFloat(getComputedStyle(document.documentElement).fontSize);
      return Math.min(480, Math.max(144, room.clientWidth / (text / 16)));
    };
    const follows = (svg) => Math.abs(svg.viewBox.baseVal.width - wide()) <= 9;
    const all = () => [...document.querySelectorAll(".charts .plate > svg")];
    while (!all().every(follows) && Date.now() < until) await new Promise((go) => setTimeout(go, 50));
  };

  window.looks = { drawn, fits, targets, watch, again, reached, large };
})();
