import { LogError } from '#pipeline';

describe('LogError', () => {
  it('says by its code whether a retry can help', () => {
    expect(new LogError('unreachable', 'no broker').retriable).toBe(true);
    expect(new LogError('fenced', 'newer session').retriable).toBe(false);
  });
});
