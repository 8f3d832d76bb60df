export { startEngine, type EngineOptions, type RunningEngine } from './start-engine.js';
