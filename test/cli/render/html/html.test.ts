import { expect, test } from "vitest";
import { html, ownMarkup } from "../../../../packages/cli/src/render/html/html.ts";

test("makes text harmless wherever it stands", () => {
  const name = `</script><img src=x onerror="alert('1')">&amp;`;
  expect(html`<td title="${name}">${name}</td>`.markup).toBe(`<td title="${harmless}">${harmless}</td>`);
});
const harmless = "&lt;/script&gt;&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;amp;";

test("shows what would reorder a line or act on a reader", () => {
  expect(html`${"a\u202eb\u0000\u001b[2J\n\u2028"}`.markup).toBe("a\\u202eb\\x00\\x1b[2J\\n\\u2028");
});

test("takes markup, lists, numbers and nothing", () => {
  const items = [html`<li>${1}</li>`, null, "<"];
  expect(
    html`<ul>
      ${items}${ownMarkup("<hr>")}
    </ul>`.markup.replaceAll("\n", ""),
  ).toBe("<ul><li>1</li>&lt;<hr></ul>");
});

test("keeps no indentation of its own, and the line ends of what it is given", () => {
  const parts = ["<p>\n      one ", "\n    </p>"];
  const { markup } = html(Object.assign(parts, { raw: parts }), ownMarkup("a\n  b"));
  expect(markup).toBe("<p>\none a\n  b\n</p>");
});
