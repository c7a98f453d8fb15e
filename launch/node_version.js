// Runs on any Node, however old: no syntax newer than 2015 in this file and in main.js.
const oldest = 20;

/** The one sentence for a Node that is too old, or undefined if `version` ("v20.11.0") will do. */
module.exports = function tooOld(version) {
  const major = Number(/^v?(\d+)/.exec(version)[1]);
  if (major >= oldest) return undefined;
  return `tskeras needs Node ${oldest} or newer and this is ${version}: install the current LTS from https://nodejs.org and run the command again.`;
};
