"""The door and the own account."""

from tests.access.table import VISITOR, Row, everybody, public

# An account that has signed in already is sent on.
ROWS = [
    Row("signin:sign_in", everybody(302) | {VISITOR: 200}),
    Row("signin:sign_out", public(302), method="post"),
    Row("signin:language", public(302), method="post", data=lambda cast: {"language": "en"}),
    Row("signin:password", everybody()),
    Row("signin:password", everybody(), method="post"),
    Row("signin:identity", everybody()),
    # no post, no change: a post one does not hold is not found
    Row("signin:identity", everybody(404), method="post"),
    Row("signin:account", everybody()),
    Row("signin:menu", everybody()),
]
