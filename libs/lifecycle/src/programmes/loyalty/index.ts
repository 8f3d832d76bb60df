export { loyalty } from './loyalty.js';
