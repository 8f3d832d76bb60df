import { temporaryFolder } from '#testing';

export const bytes = (text: string): Buffer => Buffer.from(text);
export const freshFolder = (): string => temporaryFolder('db');
