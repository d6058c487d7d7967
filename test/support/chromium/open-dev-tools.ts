/** What the browser answers or tells. */
interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly sessionId?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly message: string };
}

type Answered = Readonly<Record<string, unknown>>;

/** The DevTools protocol over one WebSocket: commands, and what happens meanwhile. */
export interface DevTools {
  /** `session`: of a page; left out, the browser's own. */
  send(method: string, params?: Answered, session?: string): Promise<Answered>;
  /** Calls back on each event of a page until the browser ends. */
  on(session: string, look: (method: string, params: Answered) => void): void;
}

/** Connects to a browser that listens. */
export async function openDevTools(address: string): Promise<DevTools> {
  const socket = new WebSocket(address);
  const waiting = new Map<number, (message: Message) => void>();
  const lookers: { readonly session: string; readonly look: (method: string, params: Answered) => void }[] =
    [];
  let last = 0;
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener("open", () => resolve());
    socket.addEventListener("error", () => reject(new Error(`${address}: no answer`)));
  });
  socket.addEventListener("message", ({ data }) => {
    const message = JSON.parse(String(data)) as Message;
    if (message.id !== undefined) waiting.get(message.id)?.(message);
    else
      for (const { session, look } of lookers)
        if (session === message.sessionId) look(message.method ?? "", message.params ?? {});
  });
  socket.addEventListener("close", () => {
    for (const answer of waiting.values()) answer({ error: { message: "the browser is gone" } });
  });
  return {
    send: async (method, params = {}, session) =>
      new Promise((resolve, reject) => {
        last += 1;
        const id = last;
        waiting.set(id, ({ result, error }) => {
          waiting.delete(id);
          if (error === undefined) resolve(result ?? {});
          else reject(new Error(`${method}: ${error.message}`));
        });
        socket.send(
          JSON.stringify({ id, method, params, ...(session === undefined ? {} : { sessionId: session }) }),
        );
      }),
    on: (session, look) => void lookers.push({ session, look }),
  };
}
