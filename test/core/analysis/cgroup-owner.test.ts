import { describe, expect, test } from "vitest";
import { cgroupOwner } from "../../../packages/core/src/analysis/cgroup-owner.ts";

const id = "0123456789abcdef".repeat(4);
const uid = "0a1b2c3d-1111-2222-3333-0a1b2c3d4e5f";
const flat = uid.replaceAll("-", "_");

describe("a cgroup's path tells whose it is", () => {
  test.each([
    [`/docker/${id}`, { runtime: "docker", container: id }],
    [`/system.slice/docker-${id}.scope`, { runtime: "docker", container: id, unit: null }],
    [
      `/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod${flat}.slice/cri-containerd-${id}.scope`,
      { runtime: "containerd", container: id, pod: uid, qos: "burstable", unit: null },
    ],
    [
      `/kubepods.slice/kubepods-pod${flat}.slice/crio-${id}.scope`,
      { runtime: "cri-o", container: id, pod: uid, qos: "guaranteed" },
    ],
    [
      `/kubepods/besteffort/pod${uid}/${id}`,
      { runtime: "kubernetes", container: id, pod: uid, qos: "besteffort" },
    ],
    [`/kubepods/pod${uid}/${id}`, { runtime: "kubernetes", container: id, pod: uid, qos: "guaranteed" }],
    [`/kubepods/burstable/pod${uid}`, { runtime: "kubernetes", container: null, pod: uid, qos: "burstable" }],
    [
      "/kubepods/burstable/pod0a1b2c3d1111222233330a1b2c3d4e5f",
      { pod: "0a1b2c3d1111222233330a1b2c3d4e5f", qos: "burstable" },
    ],
    [`/system.slice:cri-containerd:${id}`, { runtime: "containerd", container: id }],
    [`/default/${id}`, { runtime: "containerd", container: id }],
    [`/machine.slice/libpod-${id}.scope/container`, { runtime: "podman", container: id }],
    [`/user.slice/user-1000.slice/user@1000.service/user.slice/libpod-${id}.scope`, { runtime: "podman" }],
    [`/ecs/${"ab12".repeat(8)}/${id}`, { runtime: "ecs", task: "ab12".repeat(8), container: id }],
    [`/ecs/shop/${uid}/${id}`, { runtime: "ecs", task: uid, container: id }],
    ["/lxc/web", { runtime: "lxc", container: "web" }],
    ["/lxc.payload.web/system.slice/cron.service", { runtime: "lxc", container: "web" }],
    ["/system.slice/mysqld.service", { runtime: "systemd", unit: "mysqld.service" }],
    ["/user.slice/user-1000.slice/session-3.scope", { runtime: "systemd", unit: "session-3.scope" }],
    ["/user.slice/user-1000.slice", { runtime: "systemd", unit: "user-1000.slice" }],
    ["/system.slice/jobs.service/worker", { runtime: "systemd", unit: "jobs.service" }],
  ])("%s", (path, owner) => {
    expect(cgroupOwner(path)).toMatchObject(owner);
  });

  test.each([null, "", "/", "/batch/nightly", "/dockerish/web", "/lxcfs"])("%s tells nothing", (path) => {
    expect(cgroupOwner(path)).toBeNull();
  });

  test("a path of any length is read in time that grows with it", () => {
    expect(cgroupOwner(`/${"a.slice-".repeat(20_000)}`)).toBeNull();
  });
});
