import { eventTypes, type InputType } from '#contracts';

export const topicOfType = (type: string): string => eventTypes[type as InputType].topic;
