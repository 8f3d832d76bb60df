import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A committed record as Java's consumer sees it. */
export interface Seen {
  /** Without the prefix. */
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  /** Where Java's partitioner puts the key. */
  readonly home: number;
  readonly key: string;
  readonly value: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** The group's committed offset of a partition (-1 for none), and the end of what is committed there. */
export interface Position {
  readonly topic: string;
  readonly partition: number;
  readonly committed: number;
  readonly end: number;
}

export interface Reading {
  /** By topic, in offset order within each partition. */
  readonly records: ReadonlyMap<string, readonly Seen[]>;
  readonly positions: readonly Position[];
}

export interface Source {
  readonly brokers: string;
  readonly group: string;
  readonly prefix: string;
  /** Without the prefix. */
  readonly topics: readonly string[];
  /** Arguments with which `java` finds Kafka's classes. */
  readonly classPath: readonly string[];
}

/** Reads the topics to their ends by the Java client. @throws Error with what Java said. */
export async function readCommitted({ brokers, group, prefix, topics, classPath }: Source): Promise<Reading> {
  const program = join(import.meta.dirname, 'ReadCommitted.java');
  const names = topics.map((topic) => prefix + topic);
  const java = spawn('java', ['-Xmx512m', ...classPath, program, brokers, group, ...names]);
  let complaint = '';
  java.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
  const ended = new Promise<number | null>((resolve, reject) => {
    java.once('error', reject);
    java.once('close', resolve);
  });
  const records = new Map<string, Seen[]>(topics.map((topic) => [topic, []]));
  const positions: Position[] = [];
  for await (const line of createInterface({ input: java.stdout })) {
    const [kind, name = '', partition, ...rest] = line.split('\t');
    const topic = name.slice(prefix.length);
    if (kind === 'R') records.get(topic)?.push(seen(topic, Number(partition), rest));
    else if (kind === 'C')
      positions.push({
        topic,
        partition: Number(partition),
        committed: Number(rest[0]),
        end: Number(rest[1]),
      });
  }
  const code = await ended;
  if (code !== 0) throw new Error(`the Java client ended with ${code}: ${complaint}`);
  return { records, positions };
}

function seen(
  topic: string,
  partition: number,
  [offset, home, key, value, headers]: readonly string[],
): Seen {
  const pairs = (headers ?? '').split(',').filter(Boolean);
  return {
    topic,
    partition,
    offset: Number(offset),
    home: Number(home),
    key: decoded(key),
    value: decoded(value),
    headers: Object.fromEntries(
      pairs.map((pair) => {
        const at = pair.indexOf('=');
        return [pair.slice(0, at), decoded(pair.slice(at + 1))];
      }),
    ),
  };
}

const decoded = (text = '-') => (text === '-' ? '' : Buffer.from(text, 'base64').toString());
