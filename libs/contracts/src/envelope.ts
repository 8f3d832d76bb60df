/**
 * A CloudEvents 1.0 event in structured form, as it stands on a topic.
 * Source: https://github.com/cloudevents/spec (spec.md, kafka-protocol-binding.md).
 */
export interface CloudEvent<Type extends string = string, Data = unknown> {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  readonly type: Type;
  /** Customer id, and the record's key. For `product.signalled.v1` the product, for `batch.applied.v1` the partition. */
  readonly subject: string;
  /** Event time, RFC 3339 with a zone. */
  readonly time: string;
  readonly datacontenttype?: 'application/json';
  readonly data: Data;
}

/** A validated input event; `at` is `time` in milliseconds since the epoch. */
export interface InputEvent<Type extends string = string, Data = unknown> {
  readonly id: string;
  readonly source: string;
  readonly type: Type;
  readonly subject: string;
  readonly at: number;
  readonly data: Data;
}
