import { asToken, isMailbox, oneLine, withoutAddresses } from './plain.js';

describe('isMailbox', () => {
  it.each(['ann@mail.invalid', 'a.b+c@sub.mail.invalid', 'jörg@müller.invalid'])('takes %s', (address) => {
    expect(isMailbox(address)).toBe(true);
  });

  it.each([
    'ann',
    'ann@',
    '@mail.invalid',
    'a@b@c.invalid',
    'a@x.invalid, b@y.invalid',
    'a@x.invalid\r\nBcc: b@y.invalid',
    'Ann <ann@mail.invalid>',
    '"a b"@mail.invalid',
    `${'a'.repeat(65)}@mail.invalid`,
    `a@${'b'.repeat(260)}.invalid`,
  ])('refuses %j', (address) => {
    expect(isMailbox(address)).toBe(false);
  });
});

it('oneLine leaves no line break, no direction mark and no more than its length', () => {
  expect(oneLine(' a\r\nb\u2028c\u202ed\t e ')).toBe('a b c d e');
  expect(oneLine('ab👍cd', 3)).toBe('ab👍');
});

it('asToken is safe as a file name, and different for different ids', () => {
  expect(asToken('6f0c2a-1.x_y')).toBe('6f0c2a-1.x_y');
  const odd = ['../../etc/passwd', '..', '.hidden', 'a/b', 'a b', '', 'ä', 'x'.repeat(256)];
  for (const id of odd) expect(asToken(id)).toMatch(/^x[0-9a-f]{64}$/);
  expect(new Set(odd.map(asToken)).size).toBe(odd.length);
});

it('withoutAddresses keeps what a server says and drops whom it names', () => {
  expect(withoutAddresses('550 5.1.1 <ann@mail.invalid>: no such user\r\nbye')).toBe(
    '550 5.1.1 <(address)>: no such user bye',
  );
});
