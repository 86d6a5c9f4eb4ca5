// Called by Mail: (request) => { html, problems } with html null when the source cannot be compiled, or { stopped: 'time' | 'memory' }.
// A few warm threads share the work; a thread that has to be ended is replaced by a fresh one.
const { join } = require('node:path');
const { Worker } = require('node:worker_threads');

const idle = [];
const waiting = [];
let threads = 0;

module.exports = async ({ source, timeoutMilliseconds, memoryMegabytes, maxThreads }) => {
  const thread = await rent(memoryMegabytes, maxThreads);
  return new Promise((answer, fail) => {
    let timer;
    const finish = (result, reusable) => {
      clearTimeout(timer);
      thread.removeAllListeners('message').removeAllListeners('error').removeAllListeners('exit');
      if (reusable) giveBack(thread);
      else {
        thread.on('error', () => {}); // it is being ended; what it says now answers nobody
        void thread.terminate();
        threads--;
        wakeNext();
      }
      if (result instanceof Error) fail(result);
      else answer(result);
    };
    timer = setTimeout(() => finish({ stopped: 'time' }, false), timeoutMilliseconds);
    thread.on('message', (result) => finish(result, true));
    thread.on('error', (error) => finish(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? { stopped: 'memory' } : error, false));
    thread.on('exit', (code) => finish(new Error(`The compiler's thread ended with ${code}.`), false));
    thread.postMessage({ source });
  });
};

async function rent(memoryMegabytes, maxThreads) {
  for (;;) {
    const free = idle.pop();
    if (free) return free;
    if (threads < maxThreads) return start(memoryMegabytes);
    await new Promise((resume) => waiting.push(resume));
  }
}

function giveBack(thread) {
  thread.on('exit', () => {
    const index = idle.indexOf(thread);
    if (index >= 0) {
      idle.splice(index, 1);
      threads--;
    }
  });
  idle.push(thread);
  wakeNext();
}

function wakeNext() {
  waiting.shift()?.();
}

/** Loading the compiler takes most of a second: it counts against no compile. */
function start(memoryMegabytes) {
  threads++;
  const thread = new Worker(join(__dirname, 'worker.mjs'), { resourceLimits: { maxOldGenerationSizeMb: memoryMegabytes }, stdout: true, stderr: true, env: {} });
  return new Promise((ready, fail) => {
    const giveUp = (error) => {
      threads--;
      wakeNext();
      fail(error);
    };
    thread.once('error', giveUp);
    thread.once('message', () => {
      thread.removeListener('error', giveUp);
      thread.unref();
      ready(thread);
    });
  });
}
