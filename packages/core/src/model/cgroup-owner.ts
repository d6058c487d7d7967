/** Whom a cgroup belongs to, as its path names it. What the path does not name is null. */
export interface CgroupOwner {
  /** `docker`, `containerd`, `cri-o`, `podman`, `ecs`, `lxc`, `kubernetes` (a pod whose runtime is not named), `systemd`. */
  readonly runtime: string;
  /** Id of the container, or its name for LXC. */
  readonly container: string | null;
  /** Task of ECS. */
  readonly task: string | null;
  /** UID of the pod. */
  readonly pod: string | null;
  /** Kubernetes' class of the pod: `guaranteed`, `burstable`, `besteffort`. */
  readonly qos: string | null;
  /** Unit of systemd, where no container is named. */
  readonly unit: string | null;
}
