/** Names of fields as JSON with their colon. Fields come from schemas and are few; the bound is for names from data. */
const names = new Map<string, string>();
const mostNames = 5_000;

const special = /["\\\u0000-\u001f\ud800-\udfff]/;
const quoted = (text: string): string => (special.test(text) ? JSON.stringify(text) : `"${text}"`);

function named(key: string): string {
  const known = names.get(key);
  if (known !== undefined) return known;
  const name = `${quoted(key)}:`;
  if (names.size < mostNames) names.set(key, name);
  return name;
}

/**
 * JSON with sorted keys: equal data are equal bytes. Undefined values are left out, as `JSON.stringify` does; it is
 * called only for what needs it, since most of what is published are short texts and small objects.
 */
export function canonical(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return quoted(value);
    case 'number':
      return Number.isFinite(value) ? String(value) : 'null';
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      if (value === null) return 'null';
      if (Array.isArray(value)) return list(value);
      return 'toJSON' in value
        ? (JSON.stringify(value) ?? 'null')
        : members(value as Record<string, unknown>);
    default:
      return JSON.stringify(value) ?? 'null';
  }
}

function list(items: readonly unknown[]): string {
  let out = '';
  for (const item of items) out += `${out && ','}${canonical(item)}`;
  return `[${out}]`;
}

function members(record: Record<string, unknown>): string {
  let out = '';
  for (const key of sorted(Object.keys(record))) {
    const item = record[key];
    if (item !== undefined) out += `${out && ','}${named(key)}${canonical(item)}`;
  }
  return `{${out}}`;
}

/** By code units, in place. Objects here have a dozen keys, for which `sort` takes longer to begin than to sort. */
function sorted(keys: string[]): string[] {
  if (keys.length > 40) return keys.sort();
  for (let at = 1; at < keys.length; at++) {
    const key = keys[at]!;
    let to = at;
    for (; to > 0 && keys[to - 1]! > key; to--) keys[to] = keys[to - 1]!;
    keys[to] = key;
  }
  return keys;
}
