/**
 * Sorts and filters the table of incidents. The page is whole without it; it makes no markup out of text, asks for
 * nothing, and is the only script that the page's policy lets run (by its hash).
 */
export const reportScript = `(() => {
  const table = document.getElementById("incidents");
  if (!table) return;
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const texts = rows.map((row) => row.textContent.toLowerCase());
  const make = (name, text) => Object.assign(document.createElement(name), { textContent: text });
  const sieve = make("div", "");
  sieve.className = "sieve";
  const input = Object.assign(make("input", ""), { type: "search", placeholder: "filter: host, process, id, date" });
  input.setAttribute("aria-label", "filter the incidents");
  const told = make("span", "");
  told.className = "soft";
  told.setAttribute("role", "status");
  input.addEventListener("input", () => {
    const words = input.value.toLowerCase().split(/\\s+/).filter(Boolean);
    let shown = 0;
    rows.forEach((row, at) => {
      row.hidden = !words.every((word) => texts[at].includes(word));
      if (!row.hidden) shown += 1;
    });
    told.textContent = words.length ? shown + " of " + rows.length + " match" : "";
  });
  sieve.append(input, told);
  table.before(sieve);
  const keyOf = (row, at) => {
    const cell = row.cells[at];
    const key = cell.dataset.key;
    return key === undefined ? cell.textContent.toLowerCase() : key === "" ? null : Number(key);
  };
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, at) => {
    const button = make("button", head.textContent);
    button.type = "button";
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const keys = new Map(rows.map((row) => [row, keyOf(row, at)]));
      rows.sort((a, b) => {
        const [x, y] = [keys.get(a), keys.get(b)];
        if (x === null || y === null) return x === y ? 0 : x === null ? 1 : -1;
        return (x < y ? -1 : x > y ? 1 : 0) * (down ? -1 : 1);
      });
      rows.forEach((row, place) => (texts[place] = row.textContent.toLowerCase()));
      body.append(...rows);
    });
  });
})();`;
