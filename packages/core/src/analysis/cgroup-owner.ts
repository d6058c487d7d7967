import type { CgroupOwner } from "../model/cgroup-owner.ts";

/** One way to name a cgroup. Groups of the pattern: `id` a container, `pod`, `qos`, `task`, `unit`. */
interface Naming {
  readonly runtime: string;
  readonly pattern: RegExp;
}

/** Ids of OCI containers are 64 hex digits; a line may be cut. */
const id = "(?<id>[0-9a-f]{12,64})";
/** Pod UID: `-` of a UUID is `_` in the name of a slice; static pods have 32 digits in a row. */
const pod = "pod(?<pod>[0-9a-f]{8}(?:[-_]?[0-9a-f]{4}){3}[-_]?[0-9a-f]{12})";

/** Containers: the first that fits is told. */
const containers: readonly Naming[] = [
  // moby, daemon/oci_linux.go: scope prefix `docker` below system.slice or a pod, /docker/ID with cgroupfs.
  { runtime: "docker", pattern: new RegExp(`/docker[-/]${id}(?:\\.scope)?(?:/|$)`, "u") },
  // containerd, internal/cri/server/podsandbox/helpers_linux.go: prefix `cri-containerd`.
  { runtime: "containerd", pattern: new RegExp(`[/:]cri-containerd[-:]${id}(?:\\.scope)?(?:/|$)`, "u") },
  // nerdctl, pkg/cmd/container/run_cgroup_linux.go: scope prefix `nerdctl`; ctr: a namespace, then the id.
  {
    runtime: "containerd",
    pattern: new RegExp(`/(?:nerdctl-|k8s\\.io/|default/)${id}(?:\\.scope)?(?:/|$)`, "u"),
  },
  // CRI-O, internal/config/cgmgr/cgmgr_linux.go: CrioPrefix.
  { runtime: "cri-o", pattern: new RegExp(`/crio-(?:conmon-)?${id}(?:\\.scope)?(?:/|$)`, "u") },
  // podman, libpod/container_internal_linux.go: libpod-ID below machine.slice, user.slice or libpod_parent.
  { runtime: "podman", pattern: new RegExp(`/libpod-(?:conmon-)?${id}(?:\\.scope)?(?:/|$)`, "u") },
  // amazon-ecs-agent, agent/taskresource/cgroup: /ecs/TASK/CONTAINER, with or without the cluster before the task.
  {
    runtime: "ecs",
    pattern: new RegExp(`/ecs/(?:[^/]+/)?(?<task>[0-9a-f-]{32,36})(?:/${id}[^/]*)?(?:/|$)`, "u"),
  },
  // lxc, src/lxc/cgroups/cgfsng.c: lxc.payload.NAME since 4.0, lxc.payload/NAME in 3.x, lxc/NAME before.
  { runtime: "lxc", pattern: /\/lxc(?:\.payload[./]|\/)(?<id>[^/]+)/u },
  // kubelet with cgroupfs leaves the name to the runtime, which takes the bare id.
  { runtime: "kubernetes", pattern: new RegExp(`/${pod}/${id}(?:/|$)`, "u") },
];

/** Pods: kubelet, pkg/kubelet/cm/pod_container_manager_linux.go and cgroup_manager_linux.go (names of slices). */
const pods: readonly Naming[] = [
  {
    runtime: "kubernetes",
    pattern: new RegExp(
      `/kubepods(?:\\.slice)?/(?:kubepods-)?(?:(?<qos>burstable|besteffort)(?:\\.slice)?/)?(?:kubepods-)?(?:(?:burstable|besteffort)-)?${pod}`,
      "u",
    ),
  },
];

/** Units of systemd.unit(5): the innermost service, scope, socket or mount, else the innermost slice. */
const units: readonly Naming[] = [
  { runtime: "systemd", pattern: /^(?:.*\/)?(?<unit>[^/]+\.(?:service|scope|socket|mount|swap))(?:\/|$)/u },
  { runtime: "systemd", pattern: /^(?:.*\/)?(?<unit>[^/]+\.slice)(?:\/|$)/u },
];

/** Who a cgroup belongs to, by its path alone; null for a path that no runtime of the table makes. Hostile text. */
export function cgroupOwner(path: string | null): CgroupOwner | null {
  if (path === null) return null;
  const [container, inPod, unit] = [first(containers, path), first(pods, path), first(units, path)];
  const runtime = container?.runtime ?? inPod?.runtime ?? unit?.runtime;
  if (runtime === undefined) return null;
  const isSystemd = runtime === "systemd";
  return {
    runtime,
    container: container?.groups["id"] ?? null,
    task: container?.groups["task"] ?? null,
    pod: (inPod?.groups["pod"] ?? container?.groups["pod"])?.replaceAll("_", "-") ?? null,
    // A pod without a class above it is a guaranteed one.
    qos: inPod === null ? null : (inPod.groups["qos"] ?? "guaranteed"),
    unit: isSystemd ? (unit?.groups["unit"] ?? null) : null,
  };
}

function first(
  namings: readonly Naming[],
  path: string,
): { readonly runtime: string; readonly groups: Readonly<Record<string, string | undefined>> } | null {
  for (const { runtime, pattern } of namings) {
    const match = pattern.exec(path);
    if (match !== null) return { runtime, groups: match.groups ?? {} };
  }
  return null;
}
