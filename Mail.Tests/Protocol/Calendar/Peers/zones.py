# Reads calendars from stdin, one JSON string per line, and says for each what dateutil makes of its zone: the offset from UTC, in minutes,
# at noon and midnight of each day of two years, beside that of Python's own zoneinfo. Silence is agreement.
import datetime, io, json, sys, zoneinfo
import dateutil.tz, icalendar

for line in sys.stdin:
    question = json.loads(line)
    calendar = icalendar.Calendar.from_ical(question['Calendar'])
    zone = [c for c in calendar.walk('VTIMEZONE')][0]
    ours = dateutil.tz.tzical(io.StringIO(question['Calendar'])).get(str(zone['TZID']))
    theirs = zoneinfo.ZoneInfo(str(zone['TZID']))
    day = datetime.datetime.fromisoformat(question['From'])
    end = datetime.datetime.fromisoformat(question['To'])
    differences = []
    while day <= end:
        for hour in (0, 12):
            local = day.replace(hour=hour)
            if not dateutil.tz.datetime_exists(local, theirs) or dateutil.tz.datetime_ambiguous(local, theirs): continue
            a, b = local.replace(tzinfo=ours).utcoffset(), local.replace(tzinfo=theirs).utcoffset()
            if a != b: differences.append(f'{local}: {a} instead of {b}')
        day += datetime.timedelta(days=1)
    print(json.dumps(differences[:5]))
