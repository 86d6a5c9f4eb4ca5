# Reads a calendar from stdin with Debian's python3-icalendar, and prints what it understood.
import json, sys
import icalendar

calendar = icalendar.Calendar.from_ical(sys.stdin.buffer.read())
event = calendar.walk('VEVENT')[0]
people = event.get('ATTENDEE', [])
print(json.dumps({
    'Method': str(calendar['METHOD']),
    'Uid': str(event['UID']),
    'Sequence': int(event['SEQUENCE']),
    'Start': event['DTSTART'].dt.astimezone(__import__('datetime').timezone.utc).isoformat(),
    'Summary': str(event['SUMMARY']),
    'Description': str(event.get('DESCRIPTION', '')),
    'Location': str(event.get('LOCATION', '')),
    'Organizer': str(event['ORGANIZER']),
    'OrganizerName': str(event['ORGANIZER'].params.get('CN', '')),
    'Attendees': [f"{a} {a.params['PARTSTAT']} {a.params.get('RSVP', '')}" for a in (people if isinstance(people, list) else [people])],
    'Rule': event['RRULE'].to_ical().decode() if 'RRULE' in event else '',
}))
