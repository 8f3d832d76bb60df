import type { TSchema } from 'typebox';
import type { TLocalizedValidationError } from 'typebox/error';
import { birthdayFormat, timeZoneFormat } from './events/formats.js';

const typeWords: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  array: 'a list',
  null: 'null',
};

const formatWords: Readonly<Record<string, string>> = {
  'date-time': 'a time with its zone, such as 2026-03-09T08:00:00Z',
  date: 'a day, such as 2026-03-09',
  email: 'an e-mail address',
  [timeZoneFormat]: 'an IANA time zone, such as Europe/Vienna',
  [birthdayFormat]: 'a day as YYYY-MM-DD or --MM-DD',
};

/** `/products/0/price` as `data.products[0].price`. */
const fieldPath = (pointer: string): string =>
  pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce((path, part) => (/^\d+$/.test(part) ? `${path}[${part}]` : `${path}.${part}`), 'data');

const foundAt = (data: unknown, pointer: string): string => {
  let value = data;
  for (const part of pointer.split('/').slice(1))
    value = (value as Record<string, unknown> | undefined)?.[
      part.replaceAll('~1', '/').replaceAll('~0', '~')
    ];
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  return typeWords[Array.isArray(value) ? 'array' : typeof value] ?? typeof value;
};

const list = (values: readonly unknown[]): string => values.map((value) => String(value)).join(', ');

/** A schema whose `then` says in its description what its condition asks for. */
type Conditional = TSchema & { readonly then?: { readonly description?: string } };

/** What is allowed there, without the path. */
function allowed(error: TLocalizedValidationError, schema: Conditional): string {
  switch (error.keyword) {
    case 'type':
      return `must be ${[error.params.type]
        .flat()
        .map((type) => typeWords[type] ?? type)
        .join(' or ')}`;
    case 'required':
      return `must have ${list(error.params.requiredProperties)}`;
    case 'enum':
      return `must be one of ${list(error.params.allowedValues)}`;
    case 'const':
      return `must be ${String(error.params.allowedValue)}`;
    case 'minimum':
      return `must be at least ${error.params.limit}`;
    case 'maximum':
      return `must be at most ${error.params.limit}`;
    case 'minLength':
      return error.params.limit === 1
        ? 'must not be empty'
        : `must have at least ${error.params.limit} characters`;
    case 'maxLength':
      return `must have at most ${error.params.limit} characters`;
    case 'maxItems':
      return `must have at most ${error.params.limit} items`;
    case 'pattern':
      return `must match ${String(error.params.pattern)}`;
    case 'format':
      return `must be ${formatWords[error.params.format] ?? error.params.format}`;
    case 'if':
      return schema.then?.description ?? error.message;
    case 'boolean':
      return 'is not known here';
    default:
      return error.message;
  }
}

const isBranchOf = (error: TLocalizedValidationError, union: TLocalizedValidationError): boolean =>
  error.schemaPath.startsWith(`${union.schemaPath}/anyOf/`);

/** `must be text`, `must be null` as `must be text or null`. */
const either = (phrases: readonly string[]): string => {
  const verb = ['must be ', 'must have '].find((start) =>
    phrases.every((phrase) => phrase.startsWith(start)),
  );
  return verb ? verb + phrases.map((phrase) => phrase.slice(verb.length)).join(' or ') : phrases.join(' or ');
};

/** One sentence on each wrong field: its path and what is allowed. */
export function describeEach(
  errors: readonly TLocalizedValidationError[],
  data: unknown,
  schema: TSchema,
): readonly string[] {
  const unions = errors.filter((error) => error.keyword === 'anyOf');
  // An unknown field is reported twice, as its object's and as its own error.
  const separate = errors.filter(
    (error) => error.keyword !== 'additionalProperties' && !unions.some((union) => isBranchOf(error, union)),
  );
  return separate.map((error) => {
    const branches =
      error.keyword === 'anyOf' ? errors.filter((branch) => isBranchOf(branch, error)) : [error];
    const what = either(branches.map((branch) => allowed(branch, schema)));
    const found = error.keyword === 'type' ? `, found ${foundAt(data, error.instancePath)}` : '';
    return `${fieldPath(error.instancePath)} ${what}${found}`;
  });
}

/** One sentence on the first wrong field, and how many more are wrong. */
export function describeErrors(
  errors: readonly TLocalizedValidationError[],
  data: unknown,
  schema: TSchema,
): string {
  const [first, ...more] = describeEach(errors, data, schema);
  if (first === undefined) return 'data does not match its schema';
  return more.length > 0 ? `${first} (and ${more.length} more)` : first;
}
