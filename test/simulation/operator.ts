import { encodeEvent, homePartition, structuredHeaders } from '#contracts';
import {
  activate,
  announce,
  readControls,
  setBrake,
  type CustomerStore,
  type OutboundRecord,
} from '#pipeline';
import type { Census } from './census.js';
import { definitions } from './definitions.js';
import { customers, partitions } from './story.js';

/** What people do meanwhile, through clients that nothing hinders. */
export class Operator {
  #announced = 0;

  constructor(
    private readonly store: CustomerStore,
    private readonly now: () => number,
    private readonly publish: (record: OutboundRecord) => void,
    private readonly inDoubt: () => boolean,
    private readonly census: Census,
  ) {}

  /** Holds a programme back, or lets it go on. */
  brake(programme: string, brake: 'paused' | 'shadow' | 'running'): void {
    this.census.count('brake set', brake);
    void setBrake(this.store, programme, brake, 'operator', this.now());
  }

  /** Makes the second definition the active one; a second time it is refused. */
  goOver(): void {
    const [, { name, version, hash, source }] = definitions;
    const next = { name, version, hash, source };
    const inDoubt = this.inDoubt();
    const going = this.store
      .registerDefinition(next)
      .then(() => activate(this.store, next, 'operator', this.now()));
    going.then(
      () => {
        this.census.count('definition activated');
        if (inDoubt) this.census.count('definition activated with a batch in doubt');
      },
      () => undefined,
    );
  }

  announce(): void {
    this.census.count('announcement');
    const announcement = {
      announcementId: `a-${++this.#announced}`,
      kind: 'sale' as const,
      template: 'announcements.spring',
      validUntil: new Date(this.now() + 30 * 86_400_000).toISOString(),
    };
    void announce(this.store, partitions, announcement, 'operator', this.now());
  }

  /** A customer asks to be forgotten; `which` in [0, 1). */
  erase(which: number): void {
    this.census.count('erasure');
    const subject = customers[Math.floor(which * customers.length)]!;
    const time = new Date(this.now()).toISOString();
    this.publish({
      topic: 'profile.events.v1',
      key: subject,
      partition: homePartition(subject, partitions),
      value: encodeEvent({
        specversion: '1.0',
        id: `erasure-${subject}`,
        source: '/desk',
        type: 'customer.erased.v1',
        subject,
        time,
        data: {},
      }),
      headers: structuredHeaders,
    });
  }

  /** Nothing is on its way to customers any more. */
  async everyoneTold(): Promise<boolean> {
    return (await readControls(this.store)).fanOuts.length === 0;
  }
}
