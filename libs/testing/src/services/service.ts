/**
 * Real servers for specs.
 *
 * A spec asks at its top level, and gets a `describe` that is skipped loudly (or fails, when `CI` is set) where no
 * server can be had:
 *
 *     await describeWith({ mongo }, 'the store on a real server', (use) => {
 *       it('…', async () => { await openMongoStore({ url: use.mongo.address }) });
 *     });
 *
 * `mongo` and `kafka` are `Service`s. An address comes from the service's environment variable, else from a container
 * where a Docker engine answers, else from a native server. One server is started for a whole run of the tests, by
 * whichever worker needs it first, and ends with the run, an interrupted one too (`keeper.ts`). As all specs of a run
 * share it, each takes names of its own (`freshName`). `own(mongo)` instead of `mongo` gives a server for this describe
 * alone, which can be killed and started again.
 *
 * A service is one module that exports `service`. The keeper, a process of plain Node, imports that module, so it and
 * what it imports keep to TypeScript whose types can be stripped, and import no other lib; `container-server.js` is
 * imported dynamically, since the containers' library takes a second to load.
 */
export interface Service {
  readonly name: string;
  /** `import.meta.url` of the module that exports it as `service`. */
  readonly module: string;
  /** The environment variable that names a server to use instead. */
  readonly variable: string;
  /** Starts it in a container, on a loopback port that stays the same when it is started again. */
  container(): Promise<Server>;
  /** Starts it on this machine, installing it first if need be, with its data in this new folder. */
  native(data: string): Promise<Server>;
}

export interface Server {
  /** What its environment variable would hold: a URL, or host:port. */
  readonly address: string;
  /** Ends it at once as a crash would (kill -9); data on disk stay. Resolves when it is gone. */
  kill(): Promise<void>;
  /** Starts it again after `kill`, on the same address and data. Resolves when it answers. */
  start(): Promise<void>;
}

/** What a spec may do with a server: one that it shares, or one of its own. */
export type SharedServer = Pick<Server, 'address'>;
