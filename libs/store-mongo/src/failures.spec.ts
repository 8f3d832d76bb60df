import { mongo } from 'mongoose';
import { storeError } from './failures.js';

const server = (code: number, label?: string) => {
  const error = new mongo.MongoServerError({ message: 'said no', code });
  if (label) error.addErrorLabel(label);
  return error;
};

describe("the driver's errors", () => {
  it.each([
    ['a lost connection', new mongo.MongoNetworkError('gone')],
    ['a write into one that was cut', Object.assign(new Error('write ECONNRESET'), { code: 'ECONNRESET' })],
    ['a write into one that the server ended', Object.assign(new Error('ended'), { code: 'EPIPE' })],
    ['a hanging one', new mongo.MongoNetworkTimeoutError('gone')],
    ['a primary that stepped down', server(189)],
    ['a server that stops', server(91)],
    ['a majority that did not answer', server(64)],
    ['what the server marks as worth another try', server(1234, 'RetryableWriteError')],
  ])('make %s a store out of reach, which is tried again', (_, error) => {
    const translated = storeError('loading customers', error);
    expect(translated).toMatchObject({ code: 'unreachable', retriable: true, cause: error });
    expect(translated.message).toContain('MongoDB, loading customers: ');
  });

  it.each([
    ['a missing right', server(13)],
    ['a failed login', server(18)],
    ['a duplicate key', server(11_000)],
    ['a bug of ours', new TypeError('x is undefined')],
  ])('make %s a failure that another try would meet again', (_, error) => {
    expect(storeError('loading customers', error)).toMatchObject({ code: 'storage', retriable: false });
  });
});
