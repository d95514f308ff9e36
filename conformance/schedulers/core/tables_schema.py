"""The tables of `tables`, and the question that it asks most."""

SCHEMA = """
CREATE TABLE request(id TEXT PRIMARY KEY, kind, seq INTEGER, earliest, network, power, protection, body);
CREATE TABLE coming(id TEXT PRIMARY KEY, kind, simulated, body);
CREATE TABLE handler(id TEXT PRIMARY KEY, queue, swiftui);
CREATE TABLE task(name TEXT PRIMARY KEY, id, kind, since, handler, expired, queue, simulated, moved, best, owed, body);
CREATE TABLE card(task TEXT PRIMARY KEY, face, goes);
CREATE TABLE count(id TEXT PRIMARY KEY, n);
CREATE TABLE blocked(queue TEXT PRIMARY KEY);
CREATE TABLE alarm(at INTEGER, what, who);
CREATE TABLE world(now, network, power, in_use, locked, unlocked_once, low_power, background_refresh,
  background_launches_denied, pressure, places_taken, quit, alive, launching, front, awake, debugger, suspended,
  doomed);
"""
# What may be launched now; a request of an identifier that runs or comes waits (CON-11).
ELIGIBLE = """
SELECT id FROM request r, world w WHERE kind <> 'continued' AND coalesce(r.earliest, 0) <= w.now
AND coalesce(r.network, 0) <= w.network AND coalesce(r.power, 0) <= w.power AND w.unlocked_once
AND NOT (kind = 'processing' AND w.in_use) AND NOT (kind = 'refresh' AND (w.low_power OR w.quit))
AND NOT (kind <> 'refresh' AND w.quit AND :old) AND NOT (kind = 'health_research' AND w.locked AND
  coalesce(protection, 'none') NOT IN ('none', 'complete_until_first_user_authentication'))
AND w.background_refresh = 'available' AND NOT w.background_launches_denied AND NOT w.front AND NOT w.doomed
AND id NOT IN (SELECT id FROM task UNION SELECT id FROM coming) ORDER BY seq DESC LIMIT 1
"""
