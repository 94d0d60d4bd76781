/**
 * IndexedDB with promises and types, as much as this app asks of it: twelve calls, a seventh of the weight of a library
 * on the first screen. The names are IndexedDB's own. An `await` between two calls of one transaction may only be for
 * another call of it: anything slower, and the browser ends the transaction.
 */
type Names<S> = Extract<keyof S, string>;
type Of<S, N extends keyof S> = S[N] extends { key: infer K; value: infer V } ? { key: K; value: V } : never;
type Query<K> = K | IDBKeyRange;

export type Store<K, V> = {
  get(key: K): Promise<V | undefined>;
  getKey(key: K): Promise<K | undefined>;
  getAll(query?: Query<K>): Promise<V[]>;
  getAllKeys(query?: Query<K>): Promise<K[]>;
  count(query?: Query<K>): Promise<number>;
  put(value: V, key?: K): Promise<K>;
  delete(query: Query<K>): Promise<void>;
  clear(): Promise<void>;
};
type StoreOf<S, N extends keyof S> = Store<Of<S, N>["key"], Of<S, N>["value"]>;

/** `done` settles once the transaction is on the disk, or is not going to be. */
export type Transaction<S, N extends Names<S>> = {
  objectStore<M extends N>(name: M): StoreOf<S, M>;
  done: Promise<void>;
};

const METHODS = ["get", "getKey", "getAll", "getAllKeys", "count", "put", "delete", "clear"] as const;

export function answer<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function promising<K, V>(store: IDBObjectStore): Store<K, V> {
  const calls = METHODS.map((name) => [
    name,
    (...given: unknown[]) => answer((store[name] as (...all: unknown[]) => IDBRequest)(...given)),
  ]);
  return Object.fromEntries(calls) as Store<K, V>;
}

/** `S` says what each store holds: `{ check_ins: { key: …, value: … } }`. */
export class Database<S> {
  constructor(private readonly db: IDBDatabase) {}

  transaction<N extends Names<S>>(
    names: N[],
    mode: IDBTransactionMode = "readonly",
    options?: IDBTransactionOptions,
  ): Transaction<S, N> {
    const tx = this.db.transaction(names, mode, options);
    const done = new Promise<void>((resolve, reject) => {
      tx.oncomplete = () => resolve();
      tx.onabort = () => reject(tx.error ?? new DOMException("", "AbortError"));
    });
    // Whoever's call failed hears it there too; a transaction nobody waits for is not an error of its own.
    done.catch(() => undefined);
    return { objectStore: (name) => promising(tx.objectStore(name)), done };
  }

  /** One store, in a transaction of its own, to read. */
  from<N extends Names<S>>(name: N): StoreOf<S, N> {
    return promising(this.db.transaction(name).objectStore(name));
  }

  close(): void {
    this.db.close();
  }
}

export type Opening = {
  upgrade(db: IDBDatabase, from: number): void;
  /** A newer app, or a deletion, waits for this connection. */
  blocking(): void;
  terminated(): void;
};

export async function openDatabase<S>(name: string, version: number, on: Opening): Promise<Database<S>> {
  const connect = (version?: number) => {
    const request = indexedDB.open(name, version);
    request.onupgradeneeded = (event) => on.upgrade(request.result, event.oldVersion);
    return answer(request);
  };
  const db = await connect(version).catch((error: unknown) => {
    // The data are newer than this app: it opens them as they are.
    if ((error as DOMException | null)?.name === "VersionError") return connect();
    throw error;
  });
  db.onversionchange = on.blocking;
  db.onclose = on.terminated;
  return new Database(db);
}
