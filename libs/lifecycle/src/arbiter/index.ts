export { arbitrate, stillWaits, type Question } from './arbitrate.js';
export { withdrawContacts } from './withdraw.js';
export { type Brake, type Brakes } from './brakes.js';
export { isIdle, newContacts, mostPending, type Contacts, type Pending, type Slot } from './contacts.js';
export { contactPolicySchema, type ContactPolicy } from './policy.js';
export { suppressionReasons, type SuppressionReason } from './reasons.js';
