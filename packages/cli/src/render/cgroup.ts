import { cgroupOwner } from "@inquest/core";

/** As many digits of an id as the runtimes' own tools show. */
const shownDigits = 12;

/** Whom a cgroup belongs to, in words: `pod 0a1b…, QoS burstable, containerd container 0123456789ab`; null: not known. */
export function cgroupWords(path: string | null): string | null {
  const owner = cgroupOwner(path);
  if (owner === null) return null;
  const { runtime, container, task, pod, qos, unit } = owner;
  const parts = [
    ...(pod === null ? [] : [`Kubernetes pod ${pod}`]),
    ...(qos === null ? [] : [`QoS ${qos}`]),
    ...(task === null ? [] : [`ECS task ${task}`]),
    ...(container === null ? [] : [containerWords(runtime, container)]),
    ...(unit === null ? [] : [`systemd unit ${unit}`]),
  ];
  return parts.join(", ");
}

/** The same for programs. */
export function cgroupJson(path: string | null): Readonly<Record<string, unknown>> | null {
  const owner = cgroupOwner(path);
  return owner && { ...owner };
}

function containerWords(runtime: string, container: string): string {
  const shown = runtime === "lxc" ? container : container.slice(0, shownDigits);
  return runtime === "kubernetes" || runtime === "ecs"
    ? `container ${shown}`
    : `${runtime} container ${shown}`;
}
