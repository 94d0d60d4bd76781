import { describe, expect, it } from "vitest";
import { parts } from "./svg";

const ours =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 288 90" role="img" aria-label="Fog &amp; &quot;sleep&quot; &#x27;">' +
  '<line x1="1" x2="2" y1="3" y2="3" class="s-line" fill="none" stroke="#ddd2bf" stroke-width="1"/>' +
  '<text x="1" y="2" font-size="12" class="f-ink" fill="#2b2620">&lt;img src=x&gt; &amp;lt;</text></svg>';

describe("the server's drawing as parts", () => {
  it("keeps elements, attributes and words, each unescaped once", () => {
    const [svg, line, text] = parts(ours);
    expect(svg?.attributes).toContainEqual(["aria-label", 'Fog & "sleep" \'']);
    expect(line?.attributes).toContainEqual(["stroke-width", "1"]);
    expect(text?.text).toBe("<img src=x> &lt;");
    expect(parts(ours)).toHaveLength(3);
  });

  it.each([
    "<script>alert(1)</script>",
    '<image href="x"/>',
    '<a xlink:href="javascript:alert(1)">x</a>',
    '<foreignObject><div onclick="x">y</div></foreignObject>',
    "<style>*{}</style>",
    '<use href="#x"/>',
    "<animate/>",
  ])("lets %s not come into being", (bad) => {
    const names = parts(`<svg viewBox="0 0 1 1">${bad}</svg>`).map((part) => part.name);
    expect(names).toEqual(["svg"]);
  });

  it("drops attributes that could act", () => {
    const [svg] = parts('<svg onload="alert(1)" style="x" id="a" href="b" viewBox="0 0 1 1"></svg>');
    expect(svg?.attributes).toEqual([["viewBox", "0 0 1 1"]]);
  });

  it("does not understand a tag that is not written as ours are", () => {
    expect(parts("<svg onload=alert(1)><circle r=1></svg>")).toEqual([]);
  });
});
