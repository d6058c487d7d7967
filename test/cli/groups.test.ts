import { expect, test } from "vitest";
import { ask } from "./support/ask.ts";
import { openCaseHistory } from "./support/case-history.ts";

test("-g of a query means the groups that hosts were collected with; -X leaves them out", async () => {
  await using history = await openCaseHistory();
  const all = JSON.parse((await ask(history, ["incidents", "-o", "json"])).out) as { groups: string[] }[];
  const grouped = all.filter(({ groups }) => groups.includes("temai")).length;
  expect(grouped).toBeGreaterThan(0);
  const inGroup = JSON.parse(
    (await ask(history, ["incidents", "-g", "@temai", "-o", "json"])).out,
  ) as object[];
  expect(inGroup).toHaveLength(grouped);
  const outside = await ask(history, ["incidents", "-X", "temai", "-o", "json"]);
  expect(JSON.parse(outside.out || "[]")).toHaveLength(all.length - grouped);
  expect((await ask(history, ["hosts", "-g", "nosuch"])).code).toBe(1);
});
