/**
 * Pattern of a task's name: 15 bytes at most (TASK_COMM_LEN, include/linux/sched.h), any of them, those that dmesg
 * wrote as \xNN counted once. What is longer is no name, but a line of user space that quotes the kernel.
 */
export const comm: string = String.raw`(?:\\x[0-9a-f]{2}|.){1,15}`;
