export { describeInBrowser } from './describe-in-browser.js';
