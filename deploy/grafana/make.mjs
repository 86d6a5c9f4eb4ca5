// Writes dashboards/*.json out of the tables below: node make.mjs, or node make.mjs --check to compare.
// A panel is [title, unit, expression or [[legend, expression], ...], kind]; kinds: graph (without a word) and stat.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = join(dirname(fileURLToPath(import.meta.url)), 'dashboards');
const rate = (metric, by = '') => `sum ${by ? `by (${by}) ` : ''}(rate(${metric}[$__rate_interval]))`;
const quantile = (q, metric, by = '') => `histogram_quantile(${q}, sum by (le${by ? `, ${by}` : ''}) (rate(${metric}_bucket[$__rate_interval])))`;
const quantiles = (metric) => [['median', quantile(0.5, metric)], ['95 %', quantile(0.95, metric)], ['99 %', quantile(0.99, metric)]];

const dashboards = {
  overview: ['Mail: overview', [
    ['Accepted a second', 'ops', rate('mail_messages_accepted_total'), 'stat'],
    ['Sent a second', 'ops', rate('mail_deliveries_sent_total'), 'stat'],
    ['Oldest critical mail that is due', 's', 'max(mail_queue_oldest_seconds{mail_lane="critical"})', 'stat'],
    ['Workers', 'short', 'max(mail_workers)', 'stat'],
    ['Open alerts', 'short', 'sum(max by (mail_alert) (mail_alerts_open))', 'stat'],
    ['Dead letters', 'short', 'max(mail_dead_letters)', 'stat'],
    ['Accepted, sent, delayed, bounced, failed', 'ops', [
      ['accepted', rate('mail_messages_accepted_total')], ['sent', rate('mail_deliveries_sent_total')], ['delayed', rate('mail_deliveries_delayed_total')],
      ['bounced', rate('mail_deliveries_bounced_total')], ['failed', rate('mail_deliveries_failed_total')],
    ]],
    ['Waiting, by lane and why', 'short', [['{{mail_lane}} {{mail_state}}', 'max by (mail_lane, mail_state) (mail_queue_depth)']]],
    ['Oldest that is due, by lane', 's', [['{{mail_lane}}', 'max by (mail_lane) (mail_queue_oldest_seconds)']]],
    ['Requests of the API by status', 'reqps', [['{{http_response_status_code}}', rate('http_server_request_duration_seconds_count', 'http_response_status_code')]]],
    ['Time of a request', 's', quantiles('http_server_request_duration_seconds')],
    ['Open alerts by kind', 'short', [['{{mail_alert}}', 'max by (mail_alert) (mail_alerts_open)']]],
  ]],
  delivery: ['Mail: delivery', [
    ['Sent by lane', 'ops', [['{{mail_lane}}', rate('mail_deliveries_sent_total', 'mail_lane')]]],
    ['Sent by the recipient’s provider', 'ops', [['{{mail_domain_class}}', rate('mail_deliveries_sent_total', 'mail_domain_class')]]],
    ['Not sent, by what became of it', 'ops', [
      ['delayed', rate('mail_deliveries_delayed_total')], ['held', rate('mail_deliveries_held_total')], ['bounced', rate('mail_deliveries_bounced_total')], ['failed', rate('mail_deliveries_failed_total')],
    ]],
    ['Bounced by the recipient’s provider', 'ops', [['{{mail_domain_class}}', rate('mail_deliveries_bounced_total', 'mail_domain_class')]]],
    ['Reported later', 'ops', [['{{mail_state}}', rate('mail_deliveries_reported_total', 'mail_state')]]],
    ['Share of bounces in an hour', 'percentunit', 'mail:deliveries_bounced:ratio1h'],
    ['Share of complaints in a day', 'percentunit', 'mail:deliveries_complained:ratio1d'],
    ['From due to claimed', 's', quantiles('mail_queue_wait_seconds')],
    ['To render, compose and sign', 's', quantiles('mail_compose_duration_seconds')],
    ['Deliveries in one claim', 'short', quantiles('mail_claim_size')],
    ['Taken over, and too late', 'ops', [['taken over', rate('mail_deliveries_taken_over_total')], ['late', rate('mail_deliveries_late_total')]]],
  ]],
  relays: ['Mail: relays', [
    ['Left alone', 'short', [['{{mail_relay}}', 'max by (mail_relay) (mail_relay_paused)']]],
    ['Quota used', 'percentunit', [['{{mail_relay}} {{mail_period}}', 'max by (mail_relay, mail_period) (mail_relay_quota_ratio)']]],
    ['Sent', 'ops', [['{{mail_relay}}', rate('mail_deliveries_sent_total', 'mail_relay')]]],
    ['Bounced', 'ops', [['{{mail_relay}}', rate('mail_deliveries_bounced_total', 'mail_relay')]]],
    ['Held because it was full', 'ops', [['{{mail_relay}}', rate('mail_deliveries_held_total', 'mail_relay')]]],
    ['A message’s time with it (95 %)', 's', [['{{mail_relay}}', quantile(0.95, 'mail_send_duration_seconds', 'mail_relay')]]],
    ['Pauses', 'short', [['{{mail_relay}}', 'sum by (mail_relay) (increase(mail_relay_pauses_total[$__rate_interval]))']]],
    ['Limits kept without Redis', 'ops', rate('mail_limits_fallback_total')],
  ]],
  flows: ['Mail: flows, bus and webhooks', [
    ['Messages of the bus that wait', 'short', [['{{mail_state}}', 'max by (mail_state) (mail_bus_depth)']]],
    ['Oldest that is due on the bus', 's', 'max(mail_bus_oldest_seconds)'],
    ['Lag of the bus', 's', quantiles('mail_bus_lag_seconds')],
    ['Handled, by outcome', 'ops', [['{{mail_outcome}}', rate('mail_bus_attempts_total', 'mail_outcome')]]],
    ['Dead letters', 'short', 'max(mail_dead_letters)'],
    ['Codes issued', 'ops', [['{{mail_outcome}}', rate('mail_codes_issued_total', 'mail_outcome')]]],
    ['Codes tried', 'ops', [['{{mail_outcome}}', rate('mail_codes_tried_total', 'mail_outcome')]]],
    ['Routes of trips planned', 'ops', rate('mail_routes_planned_total')],
    ['Events that wait for webhooks', 'short', [['{{mail_state}}', 'max by (mail_state) (mail_webhook_depth)']]],
    ['Lag of webhooks', 's', quantiles('mail_webhook_lag_seconds')],
    ['Webhook requests, by outcome', 'ops', [['{{mail_outcome}}', rate('mail_webhook_attempts_total', 'mail_outcome')]]],
    ['Webhooks that fail, events given up', 'short', [['failing', 'max(mail_webhook_failing)'], ['given up', 'max(mail_webhook_given_up)']]],
  ]],
  mailboxes: ['Mail: mailboxes', [
    ['Mailboxes by state', 'short', [['{{mail_state}}', 'sum by (mail_state) (max by (mail_state, mail_provider) (mail_mailboxes_accounts))']]],
    ['Mailboxes by provider', 'short', [['{{mail_provider}}', 'sum by (mail_provider) (max by (mail_state, mail_provider) (mail_mailboxes_accounts))']]],
    ['From the wish to ready', 's', quantiles('mail_mailboxes_duration_seconds')],
    ['Calls to providers', 'ops', [['{{mail_provider}} {{mail_outcome}}', rate('mail_mailboxes_provider_calls_seconds_count', 'mail_provider, mail_outcome')]]],
    ['Time of a call (95 %)', 's', [['{{mail_provider}}', quantile(0.95, 'mail_mailboxes_provider_calls_seconds', 'mail_provider')]]],
    ['Steps, by outcome', 'ops', [['{{mail_outcome}}', rate('mail_mailboxes_steps_total', 'mail_outcome')]]],
    ['Quota used at providers', 'percentunit', [['{{mail_provider}} {{mail_quota}}', 'max by (mail_provider, mail_quota) (mail_mailboxes_quota_ratio)']]],
  ]],
  database: ['Mail: database and hosts', [
    ['Size', 'bytes', 'max(mail_database_size_bytes)'],
    ['Connections', 'short', [['used', 'max(mail_database_connections)'], ['allowed', 'max(mail_database_connections_limit)']]],
    ['One question and its answer', 's', 'max(mail_database_latency_seconds)'],
    ['Oldest transaction', 's', 'max(mail_database_oldest_transaction_seconds)'],
    ['Clock of the database before ours', 's', 'max(mail_database_clock_offset_seconds)'],
    ['Rows in no month’s partition', 'short', 'max(mail_database_stray_rows)'],
    ['Redis answers', 'short', 'max(mail_cache_up)', 'stat'],
    ['Certificate ends in', 's', [['{{mail_use}}', 'min by (mail_use) (mail_certificate_expires_seconds)']], 'stat'],
    ['Request log lines', 'ops', [['{{mail_outcome}}', rate('mail_request_log_lines_total', 'mail_outcome')]]],
    ['Memory of hosts', 'bytes', [['{{instance}}', 'dotnet_process_memory_working_set_bytes']]],
    ['CPU of hosts', 'short', [['{{instance}}', 'sum by (instance) (rate(dotnet_process_cpu_time_seconds_total[$__rate_interval]))']]],
    ['Pauses of the garbage collector', 'percentunit', [['{{instance}}', 'rate(dotnet_gc_pause_time_seconds_total[$__rate_interval])']]],
  ]],
};

const datasource = { type: 'prometheus', uid: '${datasource}' };

function panel([title, unit, expression, kind = 'graph'], index, wide) {
  const queries = Array.isArray(expression) ? expression : [['', expression]];
  const [x, y, w, h] = wide[index];
  return {
    id: index + 1,
    title,
    type: kind === 'graph' ? 'timeseries' : 'stat',
    datasource,
    gridPos: { x, y, w, h },
    fieldConfig: { defaults: { unit, min: unit === 's' ? undefined : 0, custom: kind === 'graph' ? { fillOpacity: 10, showPoints: 'never' } : undefined }, overrides: [] },
    options: kind === 'graph' ? { legend: { displayMode: 'list', placement: 'bottom', showLegend: queries.length > 1 || queries[0][0] !== '' }, tooltip: { mode: 'multi' } } : { reduceOptions: { calcs: ['lastNotNull'] } },
    targets: queries.map(([legendFormat, expr], i) => ({ refId: String.fromCharCode(65 + i), datasource, expr, legendFormat: legendFormat || title })),
  };
}

// Figures stand in a row of six, graphs in pairs below.
function places(panels) {
  let [x, y, height] = [0, 0, 0];
  return panels.map(([, , , kind = 'graph']) => {
    const [w, h] = kind === 'stat' ? [4, 4] : [12, 8];
    if (x + w > 24 || (height !== 0 && h !== height)) [x, y] = [0, y + height];
    height = h;
    const place = [x, y, w, h];
    x += w;
    return place;
  });
}

let differs = false;
for (const [name, [title, panels]] of Object.entries(dashboards)) {
  const wide = places(panels);
  const dashboard = {
    uid: `mail-${name}`, title, tags: ['mail'], schemaVersion: 39, editable: true, refresh: '30s', time: { from: 'now-6h', to: 'now' }, timezone: 'browser',
    links: [{ type: 'dashboards', tags: ['mail'], asDropdown: false, title: '', includeVars: true, keepTime: true }],
    templating: { list: [{ name: 'datasource', type: 'datasource', query: 'prometheus', label: 'Prometheus' }] },
    panels: panels.map((one, index) => panel(one, index, wide)),
  };
  const text = `${JSON.stringify(dashboard, null, 2)}\n`;
  const file = join(folder, `mail-${name}.json`);
  if (process.argv[2] !== '--check') writeFileSync(file, text);
  else if (readFileSync(file, 'utf8') !== text) {
    console.error(`${file} is not what make.mjs makes: run node make.mjs`);
    differs = true;
  }
}
process.exit(differs ? 1 : 0);
