/** Ends what global-setup.js started. */
module.exports = () => globalThis.endOfRun();
