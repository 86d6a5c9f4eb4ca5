// Reads a calendar from stdin with npm's ical.js, strictly, and prints what it understood.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const require = createRequire(`${process.env.PEERS}/package.json`);
const { default: ICAL } = await import(pathToFileURL(require.resolve('ical.js')).href);
ICAL.design.strict = true;

const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, 'utf8')));
for (const zone of calendar.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(zone);
const component = calendar.getFirstSubcomponent('vevent');
const event = new ICAL.Event(component, { strictExceptions: true });
const text = (name) => component.getFirstPropertyValue(name) ?? '';
console.log(JSON.stringify({
  Method: calendar.getFirstPropertyValue('method'),
  Uid: event.uid,
  Sequence: event.sequence,
  Start: event.startDate.toJSDate().toISOString().replace('.000Z', '+00:00'),
  Summary: event.summary,
  Description: text('description'),
  Location: text('location'),
  Organizer: event.organizer,
  OrganizerName: component.getFirstProperty('organizer').getParameter('cn') ?? '',
  Attendees: event.attendees.map((a) => `${a.getFirstValue()} ${a.getParameter('partstat')} ${a.getParameter('rsvp') ?? ''}`),
  Rule: component.getFirstPropertyValue('rrule')?.toString() ?? '',
}));
