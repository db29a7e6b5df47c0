"""Who has the class hours asked for, in SQL: one statement for some branches, another for all of them.

Both come to the same figures (a test holds them against each other). For some branches the hours of each
member are added up one by one. For all of them, sessions with the same list of those due are added up first:
a branch whose roll did not change has one list, and only members who missed something before the list had
the hours are followed session by session. Inside, hours are whole tenths: sums of integers are small.
"""

from campaign.progress.owing import OWING

_COUNTS = """m.campaign_id = %(campaign)s AND m.kind = ANY(%(meeting_kinds)s)
      AND m.state = 'CONFIRMED' AND m.class_hours > 0"""
_COLUMNS = "m.id, m.held_on, (m.class_hours * 10)::int AS class_hours, m.due_ids"


def places_of(people: str) -> str:
    """A SELECT of the branches whose study the members of the table ``people(id)`` may have been due at:
    where they belong or belonged, if only for hours, and where they take part or took part (the audit trail knows).
    """
    return f"""SELECT ms.organization_id AS id FROM {people}
    JOIN enterprises_membership ms ON ms.member_id = {people}.id
    UNION SELECT p.study_branch_id FROM {people} JOIN enterprises_member p ON p.id = {people}.id
    WHERE p.study_branch_id IS NOT NULL
    UNION SELECT place.id FROM {people} JOIN enterprises_memberevent was ON was.pgh_obj_id = {people}.id
    CROSS JOIN LATERAL (VALUES (was.branch_id), (was.study_branch_id)) AS place(id) WHERE place.id IS NOT NULL"""


# Hours follow the member: from all these places, and from named lists. `OFFSET 0` keeps the planner, which cannot
# know how few sessions there are, from reading the absences of all meetings.
SOME = f"""
WITH owing AS ({OWING}),
places AS (
    SELECT id FROM target
    UNION {places_of("owing")}
),
sessions AS (
    SELECT {_COLUMNS} FROM places JOIN campaign_meeting m ON m.organization_id = places.id
    WHERE m.due = 'BRANCH' AND {_COUNTS}
  UNION
    SELECT {_COLUMNS} FROM owing JOIN campaign_meeting m ON m.due_ids @> ARRAY[owing.id]
    WHERE m.due <> 'BRANCH' AND {_COUNTS}
),
missed AS (
    SELECT s.id AS session_id, a.* FROM sessions s CROSS JOIN LATERAL (
        SELECT absence.member_id, lesson.id AS lesson_id, lesson.held_on FROM campaign_absence absence
        LEFT JOIN campaign_makeuplesson lesson ON lesson.absence_id = absence.id
        WHERE absence.meeting_id = s.id OFFSET 0
    ) a
),
credits AS (
    SELECT o.id, o.hours * 10 AS required, s.class_hours, missed.lesson_id IS NOT NULL AS made_up,
        greatest(s.held_on, missed.held_on) AS day,
        sum(s.class_hours) OVER (PARTITION BY o.id ORDER BY greatest(s.held_on, missed.held_on), s.id) AS so_far
    FROM sessions s CROSS JOIN LATERAL unnest(s.due_ids) AS d(id)
    JOIN owing o ON o.id = d.id
    LEFT JOIN missed ON missed.session_id = s.id AND missed.member_id = d.id
    WHERE missed.session_id IS NULL OR missed.lesson_id IS NOT NULL
),
reached AS (
    SELECT id, sum(class_hours) AS got, sum(class_hours) FILTER (WHERE made_up) AS made_up,
        min(day) FILTER (WHERE so_far >= required AND required > 0) AS day
    FROM credits GROUP BY id
)
SELECT o.organization_id,
    CASE WHEN bool_and(coalesce(r.got, 0) >= o.hours * 10) THEN coalesce(max(r.day), %(nothing_asked)s) END AS done_on,
    bool_or(coalesce(r.made_up > 0 AND r.got - r.made_up < o.hours * 10, false)) AS made_up,
    count(*) AS persons_due, count(*) FILTER (WHERE coalesce(r.got, 0) >= o.hours * 10) AS persons_done
FROM owing o LEFT JOIN reached r ON r.id = o.id
GROUP BY o.organization_id
"""

# What everybody of a list was due at is added up once for the list; those on several lists share a *course* of
# their own with all who are on the same ones. Only members who missed something before their course had the hours
# are followed session by session.
#
# The planner knows nothing of these tables' contents: conditions are written as inequalities (lists < 2, done
# >= due), for which it assumes a third of the rows, because for equalities it assumes almost none and then
# nests loops over hundreds of thousands.
ALL = f"""
WITH owing AS ({OWING}),
sessions AS MATERIALIZED (SELECT {_COLUMNS} FROM campaign_meeting m WHERE {_COUNTS}),
lists AS MATERIALIZED (
    SELECT row_number() OVER () AS list, due_ids, sum(class_hours) AS hours FROM sessions GROUP BY due_ids
),
listed AS MATERIALIZED (
    SELECT s.id, s.held_on, s.class_hours, lists.list FROM sessions s JOIN lists ON lists.due_ids = s.due_ids
),
given AS (
    SELECT d.id, count(*) AS lists, min(lists.list) AS list, sum(lists.hours) AS hours
    FROM lists, unnest(lists.due_ids) AS d(id) GROUP BY d.id
),
gaps AS MATERIALIZED (
    SELECT a.member_id, s.id AS session_id, s.held_on, s.class_hours,
        CASE WHEN lesson.id IS NOT NULL THEN greatest(s.held_on, lesson.held_on) END AS day
    FROM listed s JOIN campaign_absence a ON a.meeting_id = s.id
    LEFT JOIN campaign_makeuplesson lesson ON lesson.absence_id = a.id
),
lost AS (
    SELECT member_id, sum(class_hours) FILTER (WHERE day IS NULL) AS missed,
        sum(class_hours) FILTER (WHERE day IS NOT NULL) AS made_up
    FROM gaps GROUP BY member_id
),
totals AS MATERIALIZED (
    SELECT o.organization_id, o.id, o.hours * 10 AS required, coalesce(given.lists, 0) AS lists, given.list,
        coalesce(given.hours, 0) - coalesce(lost.missed, 0) AS got,
        coalesce(lost.made_up, 0) AS made_up, lost.member_id IS NOT NULL AS has_gaps
    FROM owing o LEFT JOIN given ON given.id = o.id LEFT JOIN lost ON lost.member_id = o.id
),
alike AS MATERIALIZED (
    SELECT organization_id, required, lists < 2 AS on_one, CASE WHEN lists < 2 THEN list END AS list,
        count(*) AS persons_due, count(*) FILTER (WHERE got >= required) AS persons_done,
        bool_or(made_up > 0 AND got - made_up < required) AS made_up
    FROM totals GROUP BY 1, 2, 3, 4
),
sums AS MATERIALIZED (
    SELECT organization_id, sum(persons_due) AS persons_due, sum(persons_done) AS persons_done,
        bool_or(made_up) AS made_up
    FROM alike GROUP BY organization_id
),
complete AS MATERIALIZED (SELECT organization_id FROM sums WHERE persons_done >= persons_due),
scattered AS MATERIALIZED (
    SELECT t.* FROM totals t JOIN complete ON complete.organization_id = t.organization_id
    WHERE t.lists > 1 AND t.required > 0
),
taken AS MATERIALIZED (
    SELECT d.id, array_agg(lists.list ORDER BY lists.list) AS lists
    FROM lists CROSS JOIN LATERAL unnest(lists.due_ids) AS d(id) JOIN scattered ON scattered.id = d.id
    GROUP BY d.id
),
mixed AS MATERIALIZED (SELECT lists, -row_number() OVER () AS course FROM taken GROUP BY lists),
followed AS MATERIALIZED (
    SELECT s.organization_id, s.id, s.required, mixed.course, s.has_gaps
    FROM scattered s JOIN taken ON taken.id = s.id JOIN mixed ON mixed.lists = taken.lists
  UNION ALL
    SELECT t.organization_id, t.id, t.required, t.list, t.has_gaps
    FROM totals t JOIN complete ON complete.organization_id = t.organization_id
    WHERE t.lists < 2 AND t.required > 0 AND t.has_gaps
),
asked_of AS MATERIALIZED (
    SELECT a.organization_id, a.list AS course, a.required
    FROM alike a JOIN complete ON complete.organization_id = a.organization_id WHERE a.on_one AND a.required > 0
  UNION
    SELECT organization_id, course, required FROM followed WHERE course < 0
),
dated AS MATERIALIZED (
    SELECT course, id, held_on, class_hours,
        sum(class_hours) OVER (PARTITION BY course ORDER BY held_on, id) AS so_far
    FROM (
        SELECT list AS course, id, held_on, class_hours FROM listed
      UNION ALL
        SELECT mixed.course, listed.id, listed.held_on, listed.class_hours
        FROM mixed CROSS JOIN LATERAL unnest(mixed.lists) AS l(list) JOIN listed ON listed.list = l.list
    ) each_course
),
firsts AS MATERIALIZED (
    SELECT f.course, f.required, f.day, max(d.so_far) AS base
    FROM (
        SELECT c.course, c.required, min(d.held_on) AS day
        FROM (SELECT DISTINCT course, required FROM asked_of) c
        JOIN dated d ON d.course = c.course AND d.so_far >= c.required
        GROUP BY c.course, c.required
    ) f JOIN dated d ON d.course = f.course AND d.held_on <= f.day
    GROUP BY f.course, f.required, f.day
),
behind AS MATERIALIZED (
    SELECT c.organization_id, c.id, c.required, c.course, f.day, f.base - sum(g.class_hours) AS base
    FROM followed c JOIN firsts f ON f.course = c.course AND f.required = c.required
    JOIN gaps g ON g.member_id = c.id AND g.held_on <= f.day AND (g.day IS NULL OR g.day > f.day)
    WHERE c.has_gaps
    GROUP BY c.organization_id, c.id, c.required, c.course, f.day, f.base
    HAVING f.base - sum(g.class_hours) < c.required
),
events AS (
    SELECT b.organization_id, b.id, b.required, b.base, d.held_on AS day, d.class_hours, d.id AS session_id
    FROM behind b JOIN dated d ON d.course = b.course AND d.held_on > b.day
    LEFT JOIN gaps g ON g.member_id = b.id AND g.session_id = d.id
    WHERE g.session_id IS NULL
  UNION ALL
    SELECT b.organization_id, b.id, b.required, b.base, g.day, g.class_hours, g.session_id
    FROM behind b JOIN gaps g ON g.member_id = b.id AND g.day > b.day
),
running AS (
    SELECT organization_id, id, required, day,
        base + sum(class_hours) OVER (PARTITION BY id ORDER BY day, session_id) AS so_far
    FROM events
),
days AS (
    SELECT c.organization_id, f.day
    FROM asked_of c JOIN firsts f ON f.course = c.course AND f.required = c.required
  UNION ALL
    SELECT organization_id, min(day) FROM running WHERE so_far >= required GROUP BY organization_id, id
),
reached AS (SELECT organization_id, max(day) AS done_on FROM days GROUP BY organization_id)
SELECT sums.organization_id,
    CASE WHEN sums.persons_due = sums.persons_done THEN coalesce(reached.done_on, %(nothing_asked)s) END AS done_on,
    sums.made_up, sums.persons_due, sums.persons_done
FROM sums LEFT JOIN reached ON reached.organization_id = sums.organization_id
"""
