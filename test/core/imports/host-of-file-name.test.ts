import { expect, test } from "vitest";
import { hostOfFileName } from "../../../packages/core/src/imports/host-of-file-name.ts";

test.each([
  ["web01.log", "web01"],
  ["web01.dmesg", "web01"],
  ["web01.example.org.kmsg.gz", "web01.example.org"],
  ["web01.syslog.1.xz", "web01"],
  ["dmesg-web01.txt.gz", "web01"],
  ["web01/dmesg", "web01"],
  ["192.0.2.7.log", "192.0.2.7"],
  ["shop.example.top", "shop.example.top"],
  ["shop.example.ps", "shop.example.ps"],
])("takes the host out of %s", (name, host) => {
  expect(hostOfFileName(name)).toBe(host);
});

test.each(["messages", "kern.log.1", "dmesg.txt", "2026-11-22.log"])("finds no host in %s", (name) => {
  expect(hostOfFileName(name)).toBeNull();
});
