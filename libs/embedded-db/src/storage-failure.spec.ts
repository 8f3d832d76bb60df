import { tmpdir } from 'node:os';
import { EmbeddedDbError } from '#embedded-db';
import { storageFailure } from './storage-failure.js';

const failure = (code: string | number) => Object.assign(new Error('as the system says'), { code });
const codeFor = (code: string | number) => storageFailure(tmpdir(), failure(code)).code;

describe('a storage failure', () => {
  it('is told apart by the error of the file system or of LMDB', () => {
    expect([28, 122, -30792, 'ENOSPC', 'EDQUOT'].map(codeFor)).toEqual(Array(5).fill('full'));
    expect([13, 30, 'EROFS', 'EACCES', 'EPERM'].map(codeFor)).toEqual(Array(5).fill('readOnly'));
    expect([-30793, -30794].map(codeFor)).toEqual(['damaged', 'damaged']);
    expect(codeFor(5)).toBe('failed');
    expect(storageFailure(tmpdir(), 'a text').code).toBe('failed');
  });

  it('says of a write that was cut short what may be the matter', () => {
    for (const code of [5, 27, 'EFBIG'])
      expect(storageFailure(tmpdir(), failure(code)).message).toMatch(
        /may not grow .* or the disk is failing/,
      );
  });

  it('names the folder and keeps the cause', () => {
    const cause = failure(28);
    const told = storageFailure('/data/here', cause);
    expect(told.message).toBe('no space left for /data/here: free some, then start again');
    expect(told.cause).toBe(cause);
  });

  it('that was told before stays as it is', () => {
    const told = new EmbeddedDbError('layout', 'other');
    expect(storageFailure('/data', told)).toBe(told);
  });
});
