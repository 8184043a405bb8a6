export { type BusSettings, readBusSettings } from './bus-settings.js';
export { LOG_LEVELS, Log, type LogLevel, createLog } from './log.js';
export { createApp } from './create-app.js';
export { NestLog } from './nest-log.js';
export { type Stop, runProgram } from './program.js';
export { ConfigurationError, type Listen, Settings } from './settings.js';
export { VARIABLES, type Variable } from './variables.js';
export { within } from './within.js';
