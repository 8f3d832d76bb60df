/** Files of which a what-if can be asked. */
export const fileKinds = ['purchases', 'cdnow', 'complete-journey'] as const;
export type FileKind = (typeof fileKinds)[number];
