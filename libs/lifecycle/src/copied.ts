/** A copy of its own properties, for what comes in many shapes: V8 takes a spread of those three times as long. */
export const copied = <Value extends object>(value: Value): { -readonly [Key in keyof Value]: Value[Key] } =>
  Object.assign({}, value);
