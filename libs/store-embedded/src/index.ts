export { openEmbedded, openEmbeddedStore, type Embedded, type OpenEmbeddedOptions } from './open.js';
