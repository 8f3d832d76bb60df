import fc from 'fast-check';
import { hashId, identity, identityHash } from './ids.js';

describe('ids', () => {
  it('are a pure function of their parts', () => {
    expect(hashId('c-1007', 'retail@1', 3)).toBe(hashId('c-1007', 'retail@1', 3));
    expect(hashId('c-1007', 'retail@1')).toMatch(/^[0-9a-f]{32}$/);
    expect(identityHash({ source: '/shop', id: 'o-1' })).toMatch(/^[0-9a-f]{16}$/);
    expect(identity({ source: '/shop', id: 'o-1' })).toBe('/shop#o-1');
  });

  // Computed with sha256sum: dedupe windows and published ids outlive the code.
  it('stay the same for ever', () => {
    expect(hashId('c-1007', 'retail@1', 3)).toBe('dc76882a5581087bfd4f14d09ed490de');
    expect(identityHash({ source: '/shop', id: 'o-1' })).toBe('e4f55a84e462e4e9');
  });

  it('tell parts apart wherever the cut between them lies', () => {
    const text = fc.string({ maxLength: 6 });
    fc.assert(
      fc.property(text, text, text, text, (a, b, c, d) => {
        fc.pre(a !== c || b !== d);
        expect(hashId(a, b)).not.toBe(hashId(c, d));
        expect(identityHash({ source: a, id: b })).not.toBe(identityHash({ source: c, id: d }));
      }),
    );
    expect(identityHash({ source: 'a#b', id: 'c' })).not.toBe(identityHash({ source: 'a', id: 'b#c' }));
  });
});
