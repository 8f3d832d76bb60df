import fc from 'fast-check';
import kafkajs from 'kafkajs';
import { homePartition, murmur2, placement } from './partition.js';

describe('homePartition', () => {
  // The vectors of the Java client's own tests of Utils.murmur2.
  it.each([
    ['21', -973932308],
    ['foobar', -790332482],
    ['a-little-bit-long-string', -985981536],
    ['a-little-bit-longer-string', -1486304829],
    ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58897971],
    ['abc', 479470107],
  ])('hashes %s as the Java client does', (text, hash) => {
    expect(murmur2(Buffer.from(text))).toBe(hash);
  });

  it('is where kafkajs puts a record with that key', () => {
    const partitioner = kafkajs.Partitioners.DefaultPartitioner();
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 64 }), (key, count) => {
        const partitionMetadata = Array.from({ length: count }, (_, partitionId) => ({
          partitionErrorCode: 0,
          partitionId,
          leader: 0,
          replicas: [0],
          isr: [0],
        }));
        const theirs = partitioner({ topic: 't', partitionMetadata, message: { key, value: null } });
        expect(homePartition(key, count)).toBe(theirs);
      }),
      { numRuns: 1_000 },
    );
  });

  it('spreads ten thousand customers evenly over eight partitions', () => {
    const counts = new Array<number>(8).fill(0);
    for (let i = 0; i < 10_000; i++) counts[homePartition(`c-${i}`, 8)]! += 1;
    for (const count of counts) expect(Math.abs(count - 1_250)).toBeLessThan(150);
  });
});

describe('placement', () => {
  const partition = homePartition('c-1007', 8);
  const away = (partition + 1) % 8;

  it.each([
    ['at home', 'c-1007', partition, { home: true, partition }],
    ['on a foreign partition', 'c-1007', away, { home: false, partition, reason: 'foreignPartition' }],
    ['under a foreign key', 'c-7001', partition, { home: false, partition, reason: 'foreignKey' }],
    ['without a key', null, partition, { home: false, partition, reason: 'foreignKey' }],
  ])('says of a record %s where it belongs', (_, key, standsOn, expected) => {
    const record = { key: key === null ? null : Buffer.from(key), partition: standsOn };
    expect(placement(record, 'c-1007', 8)).toEqual(expected);
  });
});
