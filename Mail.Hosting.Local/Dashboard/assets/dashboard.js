// Keeps the page alive: rows come rendered from the server, console lines one by one. Without this script the page still works by links and forms.
const rows = document.getElementById('rows');
const log = document.getElementById('log');
const filter = document.getElementById('log-filter');
const follow = document.getElementById('log-follow');
const connection = document.getElementById('connection');
const result = document.getElementById('result');
const keptLines = 4000;
let logStream;

function showRows(html) {
  const focused = document.activeElement?.id;
  rows.innerHTML = html; // encoded by the server
  if (focused) document.getElementById(focused)?.focus();
  markShownLog();
}

function watchResources() {
  const stream = new EventSource('/resources');
  stream.addEventListener('rows', event => showRows(event.data));
  stream.onopen = () => { connection.textContent = ''; };
  stream.onerror = () => { connection.textContent = 'Not connected: the local host has stopped.'; };
}

function matches(line) {
  return line.textContent.toLowerCase().includes(filter.value.toLowerCase());
}

function addLine(text) {
  const line = document.createElement('div');
  line.textContent = text;
  if (/\b(fail|crit|error|fatal)(:|\b)/i.test(text.slice(13, 60))) line.className = 'bad';
  else if (/\b(warn|warning)(:|\b)/i.test(text.slice(13, 60))) line.className = 'pending';
  line.hidden = !matches(line);
  log.append(line);
  while (log.childElementCount > keptLines) log.firstElementChild.remove();
}

function scrollToEnd() {
  if (follow.checked) log.scrollTop = log.scrollHeight;
}

function watchLog(id) {
  logStream?.close();
  log.replaceChildren();
  log.dataset.id = id;
  document.getElementById('log-name').textContent = id || 'nothing';
  document.getElementById('log-text').href = `/logs/${id}/text`;
  markShownLog();
  if (!id) return;
  logStream = new EventSource(`/logs/${id}`);
  let waiting = false;
  logStream.addEventListener('line', event => {
    addLine(event.data);
    if (waiting) return;
    waiting = true; // many lines, one scroll
    requestAnimationFrame(() => { waiting = false; scrollToEnd(); });
  });
}

function markShownLog() {
  for (const link of rows.querySelectorAll('[data-log]')) {
    if (link.dataset.log === log.dataset.id) link.setAttribute('aria-current', 'true');
    else link.removeAttribute('aria-current');
  }
}

rows.addEventListener('click', event => {
  const link = event.target.closest('[data-log]');
  if (!link) return;
  event.preventDefault();
  history.replaceState(null, '', link.href);
  watchLog(link.dataset.log);
  document.getElementById('log-title').scrollIntoView({ block: 'nearest' });
});

rows.addEventListener('submit', async event => {
  event.preventDefault();
  const form = event.target;
  const button = form.querySelector('button');
  button.disabled = true;
  result.textContent = `${button.getAttribute('aria-label')} ...`;
  try {
    const answer = await fetch(form.action, { method: 'POST', headers: { 'X-Dashboard-Token': document.body.dataset.token } });
    result.textContent = answer.ok ? '' : `${button.getAttribute('aria-label')}: ${await answer.text() || answer.status}`;
  } catch {
    result.textContent = `${button.getAttribute('aria-label')}: the local host does not answer.`;
  } finally {
    button.disabled = false;
  }
});

filter.addEventListener('input', () => {
  for (const line of log.children) line.hidden = !matches(line);
  scrollToEnd();
});
follow.addEventListener('change', scrollToEnd);
log.addEventListener('scroll', () => {
  follow.checked = log.scrollHeight - log.scrollTop - log.clientHeight < 30;
});

watchResources();
watchLog(log.dataset.id);
